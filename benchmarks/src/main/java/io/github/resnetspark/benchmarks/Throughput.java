package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Repeats a work for a while and prints the peak resident memory of the process in megabytes and, in the last line, the images per
 * second. Runs in its own process. {@code OMP_NUM_THREADS} sets the number of threads of one replica.
 *
 * <p>Arguments: a {@link Work}, a {@link Network}, replicas, pictures of one minibatch, seconds.
 */
final class Throughput {
    /** Warm-up as a fraction of the measured time, in which a JVM compiles most of the code. */
    private static final double WARM_UP = 0.5;

    private Throughput() {}

    /** The main method of the process. */
    public static void main(String[] args) throws Exception {
        Work work = Work.valueOf(args[0]);
        Network network = Network.valueOf(args[1]);
        int replicas = Integer.parseInt(args[2]);
        int batch = Integer.parseInt(args[3]);
        double seconds = Double.parseDouble(args[4]);

        print(replicas, batch, seconds, replica -> work.on(network.spec(), batch));
    }

    /**
     * Measures replicas that train at the same time, each on a thread of its own. Ends the process.
     *
     * @param batch pictures of a step
     */
    static void print(int replicas, int batch, double seconds, StepOfReplica steps) throws Exception {
        CyclicBarrier warm = new CyclicBarrier(replicas);
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        List<Future<Double>> speeds = new ArrayList<>();
        for (int replica = 0; replica < replicas; replica++) {
            int index = replica;
            speeds.add(threads.submit(() -> imagesPerSecond(steps.of(index), batch, seconds, warm)));
        }
        double sum = 0;
        for (Future<Double> speed : speeds) {
            sum += speed.get();
        }
        threads.shutdown();
        System.out.println(peakMegabytes());
        System.out.println(sum);
        System.exit(0);
    }

    private static double imagesPerSecond(Step step, int batch, double seconds, CyclicBarrier warm) throws Exception {
        // If one step takes minutes, it is the measurement.
        long first = System.nanoTime();
        step.run();
        double firstSeconds = (System.nanoTime() - first) / 1e9;
        if (firstSeconds > seconds) {
            return batch / firstSeconds;
        }
        do {
            step.run();
        } while ((System.nanoTime() - first) / 1e9 < seconds * WARM_UP);
        warm.await();
        long begin = System.nanoTime();
        int steps = 0;
        double elapsed;
        do {
            step.run();
            steps++;
            elapsed = (System.nanoTime() - begin) / 1e9;
        } while (elapsed < seconds);
        return steps * batch / elapsed;
    }

    private static long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** The work of one minibatch, which is measured. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Creates the work of a replica, on its thread. */
    @FunctionalInterface
    interface StepOfReplica {
        Step of(int replica) throws Exception;
    }
}
