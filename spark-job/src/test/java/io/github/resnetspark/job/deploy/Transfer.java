package io.github.resnetspark.job.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends bytes through one connection. Each end is a process of its own, because each is in a network of its own. */
final class Transfer {
    private Transfer() {}

    /**
     * {@code receive ADDRESS PORT} prints when it is ready, and then the bits per second that it received. {@code send ADDRESS PORT
     * MEGABYTES} sends to it.
     */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        if (arguments[0].equals("receive")) {
            System.out.println(receive(address));
        } else {
            send(address, Integer.parseInt(arguments[3]));
        }
    }

    private static double receive(InetSocketAddress address) throws IOException {
        try (ServerSocket server =
                new ServerSocket(address.getPort(), 1, InetAddress.getByName(address.getHostString()))) {
            System.out.println("ready");
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                byte[] buffer = new byte[1 << 20];
                long bytes = in.read(buffer);
                long begin = System.nanoTime();
                for (int read = 0; read >= 0; read = in.read(buffer)) {
                    bytes += read;
                }
                return bytes * 8 / ((System.nanoTime() - begin) / 1e9);
            }
        }
    }

    private static void send(InetSocketAddress address, int megabytes) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            byte[] buffer = new byte[1_000_000];
            for (int i = 0; i < megabytes; i++) {
                socket.getOutputStream().write(buffer);
            }
        }
    }
}
