package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Repeats a work for a while and prints a {@link Result} as its last line. Runs in its own process, which ends with it.
 * {@code OMP_NUM_THREADS} sets the number of threads of one replica.
 *
 * <p>Arguments: a {@link Work}, a {@link Network}, replicas, pictures of one minibatch, seconds.
 */
final class Throughput {
    /** Warm-up as a fraction of the measured time, in which a JVM compiles most of the code. */
    private static final double WARM_UP = 0.5;

    /** A speed is that of at least so many steps, whatever they take. */
    private static final int FEWEST_STEPS = 3;

    /** If a row takes longer than this, the process says so. */
    private static final double LONG_SECONDS = 60;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Throughput() {}

    /**
     * What was measured.
     *
     * @param imagesPerSecond of all replicas together, after the warm-up
     * @param firstStepSeconds duration of the slowest replica's first step, which creates kernels and touches memory for
     *     the first time
     * @param steps measured steps of all replicas
     * @param peakMegabytes peak resident memory of the process
     */
    record Result(double imagesPerSecond, double firstStepSeconds, int steps, long peakMegabytes) {

        /** From the output of the process. */
        static Result of(List<String> printed) throws IOException {
            return JSON.readValue(printed.get(printed.size() - 1), Result.class);
        }
    }

    /** The main method of the process. */
    public static void main(String[] args) {
        Work work = Work.valueOf(args[0]);
        Network network = Network.valueOf(args[1]);
        int replicas = Integer.parseInt(args[2]);
        int batch = Integer.parseInt(args[3]);
        double seconds = Double.parseDouble(args[4]);

        print(replicas, batch, seconds, replica -> work.on(network.spec(), batch));
    }

    /**
     * Measures replicas that train at the same time, each on a thread of its own, and ends the process. If one of them
     * fails, the last line is the reason.
     *
     * @param batch pictures of a step
     */
    static void print(int replicas, int batch, double seconds, StepOfReplica steps) {
        try {
            System.out.println(JSON.writeValueAsString(measure(replicas, batch, seconds, steps)));
            System.exit(0);
        } catch (ExecutionException e) {
            fail(e.getCause());
        } catch (InterruptedException | IOException e) {
            fail(e);
        }
    }

    private static void fail(Throwable reason) {
        reason.printStackTrace();
        System.out.println(reason);
        // The other replicas may be waiting for this one.
        System.exit(1);
    }

    private static Result measure(int replicas, int batch, double seconds, StepOfReplica steps)
            throws ExecutionException, InterruptedException, IOException {
        CyclicBarrier warm = new CyclicBarrier(replicas);
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        CompletionService<Speed> done = new ExecutorCompletionService<>(threads);
        for (int replica = 0; replica < replicas; replica++) {
            int index = replica;
            done.submit(() -> Speed.of(steps.of(index), batch, seconds, warm));
        }
        List<Speed> speeds = new ArrayList<>();
        for (int replica = 0; replica < replicas; replica++) {
            speeds.add(done.take().get());
        }
        return new Result(
                speeds.stream().mapToDouble(Speed::imagesPerSecond).sum(),
                speeds.stream().mapToDouble(Speed::firstStepSeconds).max().orElseThrow(),
                speeds.stream().mapToInt(Speed::steps).sum(),
                peakMegabytes());
    }

    /** What one replica did. */
    private record Speed(double imagesPerSecond, double firstStepSeconds, int steps) {

        static Speed of(Step step, int batch, double seconds, CyclicBarrier warm) throws Exception {
            long first = System.nanoTime();
            step.run();
            double firstSeconds = secondsSince(first);
            double second;
            do {
                long begin = System.nanoTime();
                step.run();
                second = secondsSince(begin);
            } while (secondsSince(first) < seconds * WARM_UP);
            if (second * FEWEST_STEPS > LONG_SECONDS) {
                System.err.printf(
                        Locale.ROOT,
                        "A step takes %.0f s, so this takes another %.0f s.%n",
                        second,
                        second * FEWEST_STEPS);
            }
            warm.await();
            long begin = System.nanoTime();
            int steps = 0;
            double elapsed;
            do {
                step.run();
                steps++;
                elapsed = secondsSince(begin);
            } while (elapsed < seconds || steps < FEWEST_STEPS);
            return new Speed(steps * batch / elapsed, firstSeconds, steps);
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
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
