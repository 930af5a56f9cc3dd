package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.data.SparkFailures;
import io.github.resnetspark.spark.TaskFailedException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every exchange, and that the fast one and the simple one are bit-identical. */
class ExchangeContractTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.open("local[2,2]");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private enum Implementation {
        BLOCKS,
        BROADCAST;

        Exchange<Run> open(Run run) {
            return this == BLOCKS
                    ? new BlockExchange<>(spark, run, Spares.none())
                    : new BroadcastExchange<>(spark, run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void averagesByExamplesAndVariancesAsMoments(Implementation exchange) {
        // One weight, a running mean, its variance, another weight; one value of the updater.
        Run run = run(4, 1, 2);
        NetworkState start = new NetworkState(new float[] {1, 10, 4, 5}, new float[] {3});
        List<Step> tasks = List.of(Step.to(0, 30, 2, 11, 3, 6, 1), Step.to(1, 10, 4, 15, 7, 8, 2));

        Exchange.Result result = round(exchange, run, start, tasks);

        NetworkState average = result.state().get();
        // The mean of means is (30·11 + 10·15) / 40 = 12, and the variance (30·(3 + 1²) + 10·(7 + 3²)) / 40 = 7.
        assertThat(average.parameters()).containsExactly(new float[] {2.5f, 12, 7, 6.5f}, within(1e-6f));
        assertThat(average.updaterState()).containsExactly(new float[] {1.25f}, within(1e-6f));
        assertThat(result.reports()).extracting(WorkerReport::worker).containsExactly(0, 1);
        assertThat(result.reports()).extracting(WorkerReport::examples).containsExactly(30L, 10L);
    }

    @ParameterizedTest
    @EnumSource
    void reportsTheWorkerThatDivergedInItsLastMinibatch(Implementation exchange) {
        Run run = run(4, 1, 3);
        NetworkState start = new NetworkState(new float[4], new float[1]);
        List<Step> tasks = List.of(Step.to(0, 8, 1, 1, 1, 1, 1), Step.to(1, 8, 1, 1, 1, Float.NaN, 1));

        assertThat(round(exchange, run, start, tasks).reports())
                .extracting(WorkerReport::divergedAt)
                .containsExactly(-1, Step.MINIBATCHES - 1);
    }

    @ParameterizedTest
    @EnumSource
    void aRetriedTaskDoesNotChangeTheResult(Implementation exchange) {
        Run run = run(9, 4, 4);
        NetworkState start = random(new Random(3), 9, 4);
        List<Step> smooth = List.of(Step.drift(0, 8, 1), Step.drift(1, 24, 1));
        List<Step> bumpy = List.of(smooth.get(0), smooth.get(1).failingFirst());

        assertThat(round(exchange, run, start, bumpy).state().get().parameters())
                .isEqualTo(round(exchange, run, start, smooth).state().get().parameters());
    }

    @ParameterizedTest
    @EnumSource
    void aFailingTaskEndsTheRoundWithItsReason(Implementation exchange) {
        Run run = run(4, 1, 2);
        NetworkState start = new NetworkState(new float[4], new float[1]);

        assertThatThrownBy(() -> round(exchange, run, start, List.of(Step.to(0, 8))))
                .isInstanceOf(TaskFailedException.class)
                .hasMessage(SparkFailures.unknown(
                        "Training", "java.lang.IllegalArgumentException: worker 0 has nowhere to go"));
    }

    @Test
    void bothAreBitIdenticalForAllSizesAndWorkers() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            int parameters = 3 + random.nextInt(400);
            int updaterState = random.nextInt(300);
            Run run = run(parameters, updaterState, 1 + random.nextInt(9));
            NetworkState start = random(random, parameters, updaterState);
            List<List<Step>> rounds = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                // The number of workers may change in the next round.
                int workers = 1 + random.nextInt(4);
                List<Step> steps = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    steps.add(Step.drift(worker, 1 + random.nextInt(50), round));
                }
                rounds.add(steps);
            }

            NetworkState fast = rounds(Implementation.BLOCKS, run, start, rounds);
            NetworkState plain = rounds(Implementation.BROADCAST, run, start, rounds);

            assertThat(fast.parameters()).as("seed " + seed).isEqualTo(plain.parameters());
            assertThat(fast.updaterState()).as("seed " + seed).isEqualTo(plain.updaterState());
            assertThat(fast.parameters()).isNotEqualTo(start.parameters());
        }
    }

    private static Exchange.Result round(Implementation how, Run run, NetworkState start, List<Step> tasks) {
        try (Exchange<Run> exchange = how.open(run)) {
            Exchange.Result result = exchange.round(AveragedState.of(start), tasks);
            result.state().get();
            return result;
        }
    }

    private static NetworkState rounds(Implementation how, Run run, NetworkState start, List<List<Step>> rounds) {
        try (Exchange<Run> exchange = how.open(run)) {
            AveragedState state = AveragedState.of(start);
            for (List<Step> tasks : rounds) {
                state = exchange.round(state, tasks).state();
            }
            return state.get();
        }
    }

    private static Run run(int parameters, int updaterState, int slices) {
        return new Run(
                new BatchNormMoments(List.of(new RunningStatistics(1, 2, 1))),
                new StateSlices(parameters, updaterState, new StateSlices.Slices(parameters + updaterState, slices)));
    }

    private static NetworkState random(Random random, int parameters, int updaterState) {
        NetworkState state = new NetworkState(new float[parameters], new float[updaterState]);
        for (float[] values : List.of(state.parameters(), state.updaterState())) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
        }
        state.parameters()[2] = Math.abs(state.parameters()[2]);
        return state;
    }

    private record Run(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    /**
     * A worker's training, with simple arithmetic instead of a network.
     *
     * @param round makes the result differ from round to round
     * @param end the values at the end; without them, values that depend on all values at the start
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Step(int worker, long examples, int round, float[] end, boolean failsFirst)
            implements RoundTask<Run> {
        static final int MINIBATCHES = 3;

        /** Always ends with these parameters and updater state. Fails if there are none. */
        static Step to(int worker, long examples, float... end) {
            return new Step(worker, examples, 0, end, false);
        }

        static Step drift(int worker, long examples, int round) {
            return new Step(worker, examples, round, null, false);
        }

        Step failingFirst() {
            return new Step(worker, examples, round, end, true);
        }

        @Override
        public int minibatches() {
            return MINIBATCHES;
        }

        @Override
        public Result run(Run run, StateReader start) throws InterruptedException {
            NetworkState state = load(run, start);
            float[] centre = run.moments().means(FloatBuffer.wrap(state.parameters())::get);
            if (end == null) {
                drift(state.parameters(), 0.7f);
                drift(state.updaterState(), -0.3f);
                state.parameters()[2] = Math.abs(state.parameters()[2]);
            } else if (end.length == 0) {
                throw new IllegalArgumentException("worker " + worker + " has nowhere to go");
            } else {
                System.arraycopy(end, 0, state.parameters(), 0, state.parameters().length);
                System.arraycopy(end, state.parameters().length, state.updaterState(), 0, state.updaterState().length);
            }
            if (failsFirst && TaskContext.get().attemptNumber() == 0) {
                throw new IllegalStateException("this executor is having a bad day");
            }
            run.moments().toMoments(FloatBuffer.wrap(state.parameters()), centre);
            return new Result(
                    IntStream.range(0, run.slices().count())
                            .mapToObj(slice -> run.slices().cut(state, slice))
                            .toList(),
                    WorkerReport.of(worker, 0, List.of(new WorkerReport.Replica(examples, 0, -1, 0, 0))));
        }

        /** Reads slice by slice in an order that depends on the worker, like replicas. */
        private NetworkState load(Run run, StateReader start) throws InterruptedException {
            StateSlices cut = run.slices();
            List<RawFloats> slices = IntStream.range(0, cut.count())
                    .mapToObj(slice -> RawFloats.zeros(cut.slices().size(slice)))
                    .toList();
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, cut.count()).boxed().toList());
            Collections.shuffle(order, new Random(worker));
            start.read(order, (slice, values) -> slices.get(slice).set(values));
            NetworkState state = cut.join(slices);
            start.centre().ifPresent(centre -> run.moments().toVariances(FloatBuffer.wrap(state.parameters()), centre));
            return state;
        }

        private void drift(float[] values, float factor) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] * factor + 0.1f * worker + 0.01f * round * i;
            }
        }
    }
}
