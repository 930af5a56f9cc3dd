package io.github.resnetspark.benchmarks;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Copies bytes between two processes, from memory to memory through one TCP connection, in both directions at the same time. Prints the
 * median of the seconds.
 *
 * <p>Arguments of the process that listens: {@code listen}, its address, bytes. It prints its port. Arguments of the other one: {@code
 * connect}, the address and the port of the first, bytes.
 */
final class LinkCopy {
    private static final String LISTEN = "listen";
    private static final String CONNECT = "connect";
    private static final int AT_ONCE = 1 << 20;
    private static final int TIMES = 5;

    private LinkCopy() {}

    /** Copies bytes from each of two nodes to the other, and returns the seconds. */
    static double seconds(Node one, Node other, long bytes) throws IOException, InterruptedException {
        Process listening = new JavaProcess(1, "256m")
                .on(one)
                .start(LinkCopy.class, List.of(LISTEN, one.address(), Long.toString(bytes)));
        try (BufferedReader printed =
                new BufferedReader(new InputStreamReader(listening.getInputStream(), StandardCharsets.UTF_8))) {
            String port = printed.readLine();
            if (port == null) {
                throw new IOException("The process that listens at " + one.address() + " ended. See its log above.");
            }
            return new JavaProcess(1, "256m")
                    .on(other)
                    .number(LinkCopy.class, List.of(CONNECT, one.address(), port, Long.toString(bytes)));
        } finally {
            listening.destroyForcibly().waitFor();
        }
    }

    /** The main method of both processes. */
    public static void main(String[] args) throws Exception {
        InetAddress address = InetAddress.getByName(args[1]);
        if (args[0].equals(LISTEN)) {
            try (ServerSocket server = new ServerSocket(0, 1, address)) {
                System.out.println(server.getLocalPort());
                try (Socket socket = server.accept()) {
                    copy(socket, Long.parseLong(args[2]));
                }
            }
        } else {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, Integer.parseInt(args[2])));
                System.out.println(new Figures(copy(socket, Long.parseLong(args[3]))).median());
            }
        }
    }

    /** Sends and receives this number of bytes several times. Each time ends when both sides have all of them. */
    private static List<Double> copy(Socket socket, long bytes) throws Exception {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        byte[] received = new byte[AT_ONCE];
        byte[] sent = new byte[AT_ONCE];
        List<Double> seconds = new ArrayList<>();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            for (int time = 0; time < TIMES; time++) {
                meet(in, out);
                long begin = System.nanoTime();
                Future<?> sending = sender.submit(() -> {
                    for (long left = bytes; left > 0; left -= AT_ONCE) {
                        out.write(sent, 0, (int) Math.min(left, AT_ONCE));
                    }
                    return null;
                });
                for (long left = bytes; left > 0; left -= AT_ONCE) {
                    in.readFully(received, 0, (int) Math.min(left, AT_ONCE));
                }
                sending.get();
                meet(in, out);
                seconds.add((System.nanoTime() - begin) / 1e9);
            }
        } finally {
            sender.shutdown();
        }
        return seconds;
    }

    private static void meet(DataInputStream in, OutputStream out) throws IOException {
        out.write(0);
        in.readByte();
    }
}
