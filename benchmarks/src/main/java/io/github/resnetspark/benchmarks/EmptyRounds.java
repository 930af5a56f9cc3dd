package io.github.resnetspark.benchmarks;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.recipe.ClusterSettings;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs rounds whose workers do not train and whose state is tiny, and prints a line for each number of workers: the number, the seconds
 * of a round, and the seconds of processor time that the driver's process used for it. Both are medians.
 *
 * <p>Arguments: turns to warm up, turns, rounds of each number of workers in a turn, numbers of workers.
 */
final class EmptyRounds {
    private static final int VALUES_PER_WORKER = 64;

    private EmptyRounds() {}

    /** The main method of the process, which is the driver. */
    public static void main(String[] args) {
        int warmUp = Integer.parseInt(args[0]);
        int turns = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        int[] workers = Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).toArray();
        int most = Arrays.stream(workers).max().orElseThrow();
        ClusterSettings cluster = new ClusterSettings(
                most, Optional.of(1), most, most, Duration.ofMinutes(1), Optional.of(0), Balance.EVEN);
        Map<Integer, OfWorkers> measured = new LinkedHashMap<>();
        try (JavaSparkContext spark = new SparkStart().forTraining(cluster)) {
            for (int count : workers) {
                measured.put(count, new OfWorkers(spark, count));
            }
            for (int turn = -warmUp; turn < turns; turn++) {
                for (OfWorkers one : measured.values()) {
                    one.run(rounds, turn >= 0);
                }
            }
            measured.values().forEach(one -> one.exchange.close());
        }
        measured.forEach((count, one) -> System.out.printf(
                Locale.ROOT,
                "%d %.6f %.6f%n",
                count,
                new Figures(one.seconds).median(),
                new Figures(one.processorSeconds).median()));
    }

    private static double processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    /** The rounds of one number of workers. */
    private static final class OfWorkers {
        private final Exchange<Cut> exchange;
        private final List<Idle> tasks;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> processorSeconds = new ArrayList<>();
        private AveragedState state;

        OfWorkers(JavaSparkContext spark, int workers) {
            NetworkState start = new NetworkState(new float[workers * VALUES_PER_WORKER], new float[0]);
            exchange = Exchange.open(
                    spark, new Cut(new BatchNormMoments(List.of()), StateSlices.ofWorkers(start, workers)));
            tasks = IntStream.range(0, workers).mapToObj(Idle::new).toList();
            state = AveragedState.of(start);
        }

        void run(int rounds, boolean isMeasured) {
            double processorBegin = processorSeconds();
            long begin = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                state = exchange.round(state, tasks).state();
            }
            // The driver's copy belongs to the round.
            state.settle();
            if (isMeasured) {
                seconds.add((System.nanoTime() - begin) / 1e9 / rounds);
                processorSeconds.add((processorSeconds() - processorBegin) / rounds);
            }
        }
    }

    private record Cut(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    /** A worker that loads the state, as every worker does, and returns zeros. */
    private record Idle(int worker) implements RoundTask<Cut> {
        private static final WorkerReport.Replica REPORT = new WorkerReport.Replica(1, 0, -1, 0, 0);

        @Override
        public int minibatches() {
            return 1;
        }

        @Override
        public Result run(Cut cut, StateReader start) throws InterruptedException {
            StateSlices slices = cut.slices();
            start.read(IntStream.range(0, slices.count()).boxed().toList(), (slice, values) -> {});
            return new Result(
                    IntStream.range(0, slices.count())
                            .mapToObj(slice -> RawFloats.zeros(slices.slices().size(slice)))
                            .toList(),
                    WorkerReport.of(worker, 0, List.of(REPORT)));
        }
    }
}
