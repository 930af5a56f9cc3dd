package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Classifies the same pictures repeatedly, on one or several threads at the same time, and prints a {@link Result} as its last
 * line. Runs in its own process, which ends with it.
 *
 * <p>Arguments: a {@link Classifier}, a {@link Network}, its model directory, calling threads, pictures of one call, seconds.
 */
final class Latency {
    /** The first call creates the kernels, and the JVM compiles for some time. */
    private static final int WARM_UP_CALLS = 2;

    private static final double WARM_UP_SHARE = 0.3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Latency() {}

    /**
     * What was measured.
     *
     * @param medianMilliseconds of a call
     * @param percentile95Milliseconds of a call
     * @param imagesPerSecond of all callers together
     */
    record Result(double medianMilliseconds, double percentile95Milliseconds, double imagesPerSecond) {

        /** From the output of the process. */
        static Result of(List<String> printed) throws IOException {
            return JSON.readValue(printed.get(printed.size() - 1), Result.class);
        }
    }

    /** The main method of the process. */
    public static void main(String[] args) {
        Network network = Network.valueOf(args[1]);
        int callers = Integer.parseInt(args[3]);
        int pictures = Integer.parseInt(args[4]);
        double seconds = Double.parseDouble(args[5]);
        try {
            Throughput.Step call = Classifier.valueOf(args[0]).of(Path.of(args[2]), pictures(network, pictures));
            call(call, callers, seconds * WARM_UP_SHARE, WARM_UP_CALLS);
            System.out.println(JSON.writeValueAsString(measure(call, callers, pictures, seconds)));
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println(e);
            System.exit(1);
        }
    }

    private static Result measure(Throughput.Step call, int callers, int pictures, double seconds) throws Exception {
        long begin = System.nanoTime();
        List<Double> milliseconds = call(call, callers, seconds, 1);
        double elapsed = (System.nanoTime() - begin) / 1e9;
        int calls = milliseconds.size();
        return new Result(milliseconds.get(calls / 2), milliseconds.get(calls * 95 / 100), calls * pictures / elapsed);
    }

    /** The durations of all calls, sorted. */
    private static List<Double> call(Throughput.Step call, int callers, double seconds, int fewest) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<List<Double>>> each = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                each.add(threads.submit(() -> repeat(call, seconds, fewest)));
            }
            List<Double> milliseconds = new ArrayList<>();
            for (Future<List<Double>> one : each) {
                milliseconds.addAll(one.get());
            }
            return milliseconds.stream().sorted().toList();
        } finally {
            threads.shutdown();
        }
    }

    private static List<Double> repeat(Throughput.Step call, double seconds, int fewest) throws Exception {
        List<Double> milliseconds = new ArrayList<>();
        long begin = System.nanoTime();
        do {
            long before = System.nanoTime();
            call.run();
            milliseconds.add((System.nanoTime() - before) / 1e6);
        } while ((System.nanoTime() - begin) / 1e9 < seconds || milliseconds.size() < fewest);
        return milliseconds;
    }

    /** A number of encoded pictures of about the network's input size. */
    private static List<byte[]> pictures(Network network, int count) throws IOException {
        int side = network.spec().input();
        List<byte[]> stored = SamplePictures.find().stored("short-side " + Math.round(side / 0.875));
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(stored.get(i % stored.size()));
        }
        return pictures;
    }
}
