package io.github.resnetspark.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Copies bytes through a socket on the loopback interface, from memory to memory, and prints the seconds: the best of five. */
final class LoopbackCopy {
    private static final int AT_ONCE = 1 << 20;
    private static final int TIMES = 5;

    private LoopbackCopy() {}

    /** The main method of the process. The argument is the number of bytes. */
    public static void main(String[] args) throws Exception {
        int bytes = Integer.parseInt(args[0]);
        byte[] from = new byte[bytes];
        byte[] to = new byte[bytes];
        double best = Double.MAX_VALUE;
        for (int time = 0; time < TIMES; time++) {
            best = Math.min(best, seconds(from, to));
        }
        System.out.println(best);
    }

    private static double seconds(byte[] from, byte[] to) throws Exception {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> sent = sender.submit(() -> send(from, server.getLocalPort()));
            try (Socket socket = server.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream())) {
                long begin = System.nanoTime();
                in.readFully(to);
                double seconds = (System.nanoTime() - begin) / 1e9;
                sent.get();
                return seconds;
            }
        } finally {
            sender.shutdown();
        }
    }

    private static Void send(byte[] bytes, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream()) {
            for (int from = 0; from < bytes.length; from += AT_ONCE) {
                out.write(bytes, from, Math.min(AT_ONCE, bytes.length - from));
            }
        }
        return null;
    }
}
