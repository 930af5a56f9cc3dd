package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.run.AveragingRule;
import io.github.resnetspark.job.run.OuterStep;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.message.data.SparkFailures;
import io.github.resnetspark.message.job.TrainingReasons;
import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.TaskFailedException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** Rounds of simple arithmetic whose slices are removed from Spark at every step, as if an executor were lost. */
class LostSlicesIT {
    private static final int WORKERS = 2;
    private static final int ROUNDS = 6;
    private static final int CASES = 6;

    private static final Map<String, AveragingRule> RULES = Map.of(
            "plain", rule(InnerMomentum.AVERAGE, new OuterNesterov(0, 1)),
            "outer momentum", rule(InnerMomentum.AVERAGE, new OuterNesterov(0.5, 0.7)),
            "momentum = reset", rule(InnerMomentum.RESET, new OuterNesterov(0, 1)));

    /**
     * Five parameters, of which the second is a running mean and the third its variance, and four values of the updater
     * state.
     */
    private static final StateSlices CUT = new StateSlices(5, 4, new StateSlices.Slices(9, 4));

    private static final Cut CONTEXT = new Cut(new BatchNormMoments(List.of(new RunningStatistics(1, 2, 1))), CUT);
    private static final NetworkState START = new NetworkState(new float[] {1, 2, 3, 4, 5}, new float[] {1, 2, 3, 4});

    /** When slices are lost. */
    private enum Step {
        /** After all slices were spread or averaged, and before a worker has read one. */
        BEFORE_LOADING,
        /** After a worker has read one of them. */
        LOADING,
        /** After a worker has trained. Its task is lost too, and Spark retries it. */
        FITTED,
        /** In every attempt of a worker's task, so that Spark gives up the round. */
        GIVEN_UP,
        /** After the end of the round, when the driver may or may not have the average. */
        COLLECTING,
        /** At a random moment of the round. */
        ANY
    }

    /** The losses still to come, as round and step. */
    private static final Set<String> PENDING = ConcurrentHashMap.newKeySet();

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Largest RDD number of slices when a worker started. The average of its round gets a larger one. */
    private static final AtomicInteger LARGEST = new AtomicInteger();

    @AfterEach
    void forget() {
        PENDING.clear();
        RUNS.set(0);
        LARGEST.set(0);
    }

    @Test
    void lossesAtAnyStepDoNotChangeTheResult() throws Exception {
        try (JavaSparkContext spark = LocalSpark.open("local[2,2]")) {
            for (Map.Entry<String, AveragingRule> rule : RULES.entrySet()) {
                NetworkState undisturbed = train(spark, rule.getValue(), new Random(0));
                assertThat(RUNS.getAndSet(0)).isEqualTo(ROUNDS * WORKERS);
                for (int seed = 0; seed < CASES; seed++) {
                    Random random = new Random(seed);
                    planLosses(random, seed);
                    String planned = rule.getKey() + ", seed " + seed + ": " + PENDING;

                    NetworkState disturbed = train(spark, rule.getValue(), random);

                    assertThat(disturbed.parameters()).as(planned).isEqualTo(undisturbed.parameters());
                    assertThat(disturbed.updaterState()).as(planned).isEqualTo(undisturbed.updaterState());
                    assertThat(PENDING).as(planned).isEmpty();
                }
                assertThat(RUNS.getAndSet(0))
                        .as("tasks, of which some were run again")
                        .isGreaterThan(CASES * ROUNDS * WORKERS);
            }
        }
    }

    /** For some seed, each step in the first round, and for all, up to three steps in any round. */
    private static void planLosses(Random random, int seed) {
        Step[] steps = Step.values();
        PENDING.add(key(0, steps[seed % steps.length]));
        for (int round = 0; round < ROUNDS; round++) {
            for (int loss = random.nextInt(4); loss > 0; loss--) {
                PENDING.add(key(round, steps[random.nextInt(steps.length)]));
            }
        }
    }

    @Test
    void anAverageThatIsLostTwiceIsRecomputedTwice() throws Exception {
        try (JavaSparkContext spark = LocalSpark.open("local[2,2]");
                Exchange<Cut> exchange = new BlockExchange<>(spark, CONTEXT, Spares.none())) {
            NetworkState expected =
                    exchange.round(AveragedState.of(START), tasks(0)).state().get();
            // The thief has a few milliseconds before the driver has its copy, and may be too late.
            for (int attempt = 0; attempt < 50 && RUNS.get() != 3 * WORKERS; attempt++) {
                RUNS.set(0);
                AtomicBoolean done = new AtomicBoolean();
                Thread thief = thief(() -> {
                    for (int lost = 1; lost <= 2; lost++) {
                        while (!done.get() && (RUNS.get() < lost * WORKERS || !removeOfAnAverage())) {
                            Thread.sleep(1);
                        }
                    }
                });
                thief.start();

                NetworkState repeated = exchange.round(AveragedState.of(START), tasks(0))
                        .state()
                        .get();

                done.set(true);
                thief.join();
                assertThat(repeated.parameters()).isEqualTo(expected.parameters());
            }
            assertThat(RUNS).as("two averages were lost, the third was not").hasValue(3 * WORKERS);
        }
    }

    @Test
    void repeatedLossesEndTheRunWithOneSentence() {
        try (JavaSparkContext spark = LocalSpark.open("local[1,1]");
                Exchange<Cut> exchange = new BlockExchange<>(spark, CONTEXT, Spares.none())) {
            List<FailingTask> tasks = List.of(new FailingTask(Failure.LOST));

            assertThatThrownBy(() -> exchange.round(AveragedState.of(START), tasks))
                    .isInstanceOf(ExecutorsLostException.class)
                    .hasMessage(SparkFailures.executorsLost("A round of averaging", 5, TrainingReasons.averageLost()));
            assertThat(RUNS).hasValue(5);
        }
    }

    @Test
    void aFailingTaskEndsTheRunAtOnce() {
        try (JavaSparkContext spark = LocalSpark.open("local[1,1]");
                Exchange<Cut> exchange = new BlockExchange<>(spark, CONTEXT, Spares.none())) {
            List<FailingTask> tasks = List.of(new FailingTask(Failure.OF_ITSELF));

            assertThatThrownBy(() -> exchange.round(AveragedState.of(START), tasks))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessage(
                            SparkFailures.unknown("Training", "java.lang.IllegalArgumentException: no such picture"));
            assertThat(RUNS).hasValue(1);
        }
    }

    private static NetworkState train(JavaSparkContext spark, AveragingRule rule, Random random) throws Exception {
        OuterStep step = new OuterStep(rule, CONTEXT.moments());
        AveragedState state = AveragedState.of(START);
        OuterStep.State outer = OuterStep.State.NONE;
        try (Exchange<Cut> exchange = new BlockExchange<>(spark, CONTEXT, Spares.none())) {
            for (int index = 0; index < ROUNDS; index++) {
                Optional<Thread> thief = thief(spark.sc(), index, random.nextInt(80));
                thief.ifPresent(Thread::start);
                Exchange.Result result = exchange.round(state, tasks(index));
                loseIfPlanned(spark.sc(), index, Step.COLLECTING);
                if (thief.isPresent()) {
                    thief.get().join();
                }
                OuterStep.Result stepped = step.after(state, result.state(), outer);
                state = stepped.network();
                outer = stepped.outer();
            }
            return state.get();
        }
    }

    /** Only if there is something to remove, because the round waits for it. */
    private static Optional<Thread> thief(SparkContext spark, int round, int millis) {
        return PENDING.contains(key(round, Step.ANY))
                ? Optional.of(thief(() -> {
                    Thread.sleep(millis);
                    loseIfPlanned(spark, round, Step.ANY);
                }))
                : Optional.empty();
    }

    private interface Theft {
        void run() throws InterruptedException;
    }

    private static Thread thief(Theft theft) {
        return new Thread(() -> {
            try {
                theft.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String key(int round, Step step) {
        return round + " " + step;
    }

    private static boolean loseIfPlanned(SparkContext spark, int round, Step step) throws InterruptedException {
        boolean planned = PENDING.remove(key(round, step));
        if (planned) {
            lose(spark);
        }
        return planned;
    }

    /** Removes all blocks of an executor, and notifies Spark's listeners. */
    private static synchronized void lose(SparkContext spark) {
        slices().forEach(LostSlicesIT::remove);
        spark.listenerBus().post(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));
    }

    /** Removes the first existing slice of an average. */
    private static boolean removeOfAnAverage() {
        Optional<BlockId> found =
                slices().stream().filter(id -> rdd(id) > LARGEST.get()).findFirst();
        found.ifPresent(LostSlicesIT::remove);
        return found.isPresent();
    }

    private static void remove(BlockId slice) {
        int index = slice.asRDDId().get().splitIndex();
        new SliceBlocks(rdd(slice), CUT.count()).remove(index);
    }

    private static int rdd(BlockId slice) {
        return slice.asRDDId().get().rddId();
    }

    /** Those of executors, without the driver's copies. */
    private static List<BlockId> slices() {
        return JavaConverters.seqAsJavaList(blocks().getMatchingBlockIds(new AbstractFunction1<>() {
            @Override
            public Object apply(BlockId id) {
                return id.isRDD() && id.asRDDId().get().splitIndex() < CUT.count();
            }
        }));
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }

    private static AveragingRule rule(InnerMomentum momentum, OuterNesterov outer) {
        return new AveragingRule(AveragingSchedule.always(1), Optional.empty(), momentum, outer, Optional.empty());
    }

    private static List<LossyTask> tasks(int round) {
        return IntStream.range(0, WORKERS)
                .mapToObj(worker -> new LossyTask(worker, round))
                .toList();
    }

    private record Cut(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    /** Changes every value, depending on the worker and the round. */
    private record LossyTask(int worker, int round) implements RoundTask<Cut> {
        @Override
        public int minibatches() {
            return 1;
        }

        @Override
        public RoundTask.Result run(Cut context, StateReader start) throws InterruptedException {
            LARGEST.accumulateAndGet(
                    slices().stream().mapToInt(LostSlicesIT::rdd).max().orElse(0), Math::max);
            RUNS.incrementAndGet();
            SparkContext spark = SparkContext.getOrCreate();
            loseIfPlanned(spark, round, Step.BEFORE_LOADING);
            List<RawFloats> slices = new ArrayList<>();
            for (int slice = 0; slice < CUT.count(); slice++) {
                RawFloats values = RawFloats.zeros(CUT.slices().size(slice));
                start.read(List.of(slice), (index, bytes) -> values.set(bytes));
                slices.add(values);
                loseIfPlanned(spark, round, Step.LOADING);
            }
            boolean last = TaskContext.get().attemptNumber() == 1;
            if (worker == 0
                    && (last
                            ? PENDING.remove(key(round, Step.GIVEN_UP))
                            : PENDING.contains(key(round, Step.GIVEN_UP)))) {
                throw new SliceBlocks.LostSliceException("as if nobody lent it");
            }
            NetworkState state = CUT.join(slices);
            start.centre()
                    .ifPresent(centre -> context.moments().toVariances(FloatBuffer.wrap(state.parameters()), centre));
            for (int i = 0; i < state.parameters().length; i++) {
                state.parameters()[i] = state.parameters()[i] * 0.7f + worker + 0.1f * round;
            }
            for (int i = 0; i < state.updaterState().length; i++) {
                state.updaterState()[i] = state.updaterState()[i] * 0.3f + worker - 0.1f * round;
            }
            if (worker == 1 && loseIfPlanned(spark, round, Step.FITTED)) {
                throw new IllegalStateException("this task goes with its executor");
            }
            return new RoundTask.Result(
                    IntStream.range(0, CUT.count())
                            .mapToObj(slice -> CUT.cut(state, slice))
                            .toList(),
                    WorkerReport.of(worker, 0, List.of(new WorkerReport.Replica(8 + worker, 0, -1, 0, 0))));
        }
    }

    private enum Failure {
        LOST,
        OF_ITSELF
    }

    private record FailingTask(Failure failure) implements RoundTask<Cut> {
        @Override
        public int worker() {
            return 0;
        }

        @Override
        public int minibatches() {
            return 1;
        }

        @Override
        public RoundTask.Result run(Cut context, StateReader start) {
            RUNS.incrementAndGet();
            throw failure == Failure.LOST
                    ? new SliceBlocks.LostSliceException("lost on purpose")
                    : new IllegalArgumentException("no such picture");
        }
    }
}
