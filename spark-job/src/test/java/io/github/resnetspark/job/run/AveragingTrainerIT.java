package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.TaskFailedException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTrainerIT {
    private static final int PICTURES = 100;

    private static JavaSparkContext spark;

    @TempDir
    static Path folder;

    private static ShardSet shards;

    private final Recorder recorder = new Recorder();

    @BeforeAll
    static void start() throws Exception {
        spark = LocalSpark.open(2);
        shards = GeneratedShards.write(folder, Split.TRAIN, PICTURES, 40, 7);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void averagingAfterEveryMinibatchOfTwoWorkersEqualsOneWorkerOnTheJointBatch(double momentum) {
        TrainingOutcome two = train(plan("two", GeneratedShards.network(false), momentum, 2, 1, 8, 2, 0.05));
        TrainingOutcome one = train(plan("one", GeneratedShards.network(false), momentum, 1, 1, 16, 2, 0.05));

        assertThat(two.last().parameters()).hasSameSizeAs(one.last().parameters());
        assertThat(two.last().parameters()).containsExactly(one.last().parameters(), within(1e-5f));
        assertThat(two.last().updaterState()).containsExactly(one.last().updaterState(), within(1e-5f));
        // It learned something: two untrained networks would be equal too.
        NetworkState start = start(GeneratedShards.network(false));
        assertThat(two.last().parameters()).isNotEqualTo(start.parameters());
    }

    @Test
    void runningTwiceIsBitIdentical() {
        TrainingOutcome first = train(plan("first", GeneratedShards.network(true), 0.9, 2, 3, 8, 2, 0.05));
        TrainingOutcome second = train(plan("second", GeneratedShards.network(true), 0.9, 2, 3, 8, 2, 0.05));

        assertThat(first.last().parameters()).isEqualTo(second.last().parameters());
        assertThat(first.last().updaterState()).isEqualTo(second.last().updaterState());
    }

    @Test
    void everyExampleIsUsedOncePerEpochForAnyNumberOfWorkers() {
        for (int workers = 1; workers <= 4; workers++) {
            recorder.rounds.clear();
            TrainingOutcome outcome =
                    train(plan("workers" + workers, GeneratedShards.network(true), 0.9, workers, 2, 8, 2, 0.01));

            assertThat(outcome.examples()).isEqualTo(2 * PICTURES);
            assertThat(recorder.rounds.stream()
                            .filter(round -> round.epoch() == 1)
                            .mapToLong(RoundMetrics::examples))
                    .as("examples of the rounds")
                    .satisfies(rounds -> assertThat(
                                    rounds.stream().mapToLong(Long::longValue).sum())
                            .isEqualTo(PICTURES));
        }
    }

    @Test
    void everyExampleIsUsedOnceIfSlotsChangeWithinAnEpoch() {
        TrainingPlan plan = plan("slots", GeneratedShards.network(true), 0.9, 2, 2, 8, 2, 0.05);
        // Two slots in the first round, then one, three, two, one, three …
        AtomicInteger asked = new AtomicInteger(1);
        WorkerSupply slots =
                new WorkerSupply(1, 3, Duration.ofMinutes(1), () -> asked.getAndIncrement() % 3 + 1, System::nanoTime);

        TrainingOutcome outcome = train(plan, slots);

        assertThat(recorder.rounds)
                .extracting(RoundMetrics::epoch, RoundMetrics::workers, RoundMetrics::examples)
                .startsWith(tuple(1, 2, 32L), tuple(1, 3, 48L), tuple(1, 1, 16L), tuple(1, 1, 4L));
        assertThat(outcome.examples()).isEqualTo(2 * PICTURES);
        assertThat(recorder.rounds.stream().filter(round -> round.epoch() == 2).mapToLong(RoundMetrics::examples))
                .satisfies(rounds -> assertThat(
                                rounds.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(PICTURES));
    }

    @Test
    void keepsTheStateWithTheBestValidationNotTheLast() throws Exception {
        MinibatchSource validation = GeneratedShards.source(GeneratedShards.write(folder, Split.VALIDATION, 50, 50, 8));
        TrainingPlan plan = plan("best", GeneratedShards.network(true), 0.9, 2, 2, 8, 8, 0.05);
        // A far too high rate in the last two epochs destroys the result.
        LearningRateSchedule schedule =
                Schedule.STEP.of(new Schedule.Settings(0.05, 8, Warmup.none(), List.of(0.75), 40));

        TrainingOutcome outcome = train(plan.toBuilder()
                .validation(Optional.of(validation), 2)
                .schedule(schedule)
                .build());

        assertThat(recorder.validations).extracting(ValidationMetrics::epoch).containsExactly(2, 4, 6, 8);
        assertThat(recorder.validations)
                .allSatisfy(metrics -> assertThat(metrics.examples()).isEqualTo(50));
        ValidationMetrics best = outcome.bestValidation().orElseThrow();
        assertThat(best.errors())
                .isEqualTo(recorder.validations.stream()
                        .mapToLong(ValidationMetrics::errors)
                        .min()
                        .orElseThrow());
        assertThat(best.top1()).isGreaterThan(0.8);
        assertThat(best.epoch()).isLessThan(8);
        try {
            EvaluationCounts kept =
                    new SplitEvaluation(spark, plan.replica(), 2, 1, 8).of(validation, outcome.bestParameters());
            assertThat(kept.errors()).isEqualTo(best.errors());
            assertThat(kept.loss()).isEqualTo(best.loss(), within(1e-9));
            assertThat(outcome.bestParameters()).isNotEqualTo(outcome.last().parameters());
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    @Test
    void validatesTheMovingAverageToo() throws Exception {
        MinibatchSource validation = GeneratedShards.source(GeneratedShards.write(folder, Split.VALIDATION, 50, 50, 8));
        TrainingPlan plan = plan("ema", GeneratedShards.network(true), 0.9, 2, 2, 8, 2, 0.05);

        TrainingOutcome outcome = train(plan.toBuilder()
                .validation(Optional.of(validation), 1)
                .averaging(new AveragingRule(
                        AveragingSchedule.always(2),
                        Optional.empty(),
                        InnerMomentum.RESET,
                        new OuterNesterov(0.3, 0.9),
                        Optional.of(new ExponentialAverage(0.5))))
                .build());

        assertThat(recorder.validations)
                .extracting(ValidationMetrics::epoch, ValidationMetrics::weights)
                .containsExactly(
                        tuple(1, ValidationMetrics.Parameters.AVERAGED),
                        tuple(1, ValidationMetrics.Parameters.EMA),
                        tuple(2, ValidationMetrics.Parameters.AVERAGED),
                        tuple(2, ValidationMetrics.Parameters.EMA));
        assertThat(recorder.validations.get(3).loss())
                .isNotEqualTo(recorder.validations.get(2).loss());
        assertThat(outcome.bestValidation().orElseThrow().errors())
                .isEqualTo(recorder.validations.stream()
                        .mapToLong(ValidationMetrics::errors)
                        .min()
                        .orElseThrow());
        assertThat(outcome.last().updaterState())
                .as("momentum, which is neither sent nor received")
                .isEmpty();
    }

    @Test
    void anInfiniteOrNaNLossStopsTheRunWithADiagnosis() {
        assertThatThrownBy(() -> train(plan("diverges", GeneratedShards.network(true), 0.9, 2, 2, 8, 2, 1e30)))
                .isInstanceOf(FailureException.class)
                .hasMessageMatching(
                        "Training diverged: the loss or a parameter became NaN or infinite in epoch 1, round \\d+, minibatch \\d+ of worker \\d,"
                                + " at learning rate 1\\.00000e\\+30\\. Lower optimizer\\.learning-rate or lengthen"
                                + " optimizer\\.warmup-epochs, and check data\\.mean and data\\.std\\.");
    }

    @Test
    void divergenceInTheLastMinibatchStopsTheRunToo() {
        // One round of one minibatch. Its loss is still that of the intact network before the update.
        assertThatThrownBy(() -> train(plan("blows up", GeneratedShards.network(true), 0.9, 1, 1, PICTURES, 1, 1e300)))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("in epoch 1, round 1, minibatch 1 of worker 0,");
    }

    @Test
    void aTruncatedShardStopsTheRunWithOneSentence(@TempDir Path broken) throws Exception {
        ShardSet set = GeneratedShards.write(broken, Split.TRAIN, 40, 40, 9);
        Path file = broken.resolve("train-00000-of-00001.parquet");
        try (RandomAccessFile shard = new RandomAccessFile(file.toFile(), "rw")) {
            shard.setLength(shard.length() / 2);
        }
        TrainingPlan plan = plan("truncated", GeneratedShards.network(true), 0.9, 2, 2, 8, 1, 0.01);

        assertThatThrownBy(
                        () -> train(TrainingPlan.builder(plan.replica(), GeneratedShards.source(set), plan.schedule())
                                .workers(2, 8)
                                .averaging(plan.averaging())
                                .order(2, 1)
                                .build()))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(ShardException.class)
                .hasMessageContaining("train-00000-of-00001.parquet is truncated: its ")
                .hasMessageEndingWith("Delete it and run prepare again to write it anew.");
    }

    private TrainingOutcome train(TrainingPlan plan) {
        return train(plan, WorkerSupply.fixed(plan.workers()));
    }

    private TrainingOutcome train(TrainingPlan plan, WorkerSupply workers) {
        NetworkState start = start(plan.replica().network());
        try {
            return new AveragingTrainer(spark, plan, recorder, workers)
                    .train(
                            RunState.beginning(start, Instant.now()),
                            new GraphState(ResNet.create(plan.replica().network(), 5)).moments(),
                            new RunKeeper() {});
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    private static NetworkState start(ResNetSpec network) {
        return new GraphState(ResNet.create(network, 5)).withoutMomentum();
    }

    private static TrainingPlan plan(
            String run,
            ResNetSpec network,
            double momentum,
            int workers,
            int averagingEvery,
            int batchSize,
            int epochs,
            double rate) {
        return TrainingPlan.builder(
                        new ReplicaSpec(run, network, momentum, 1e-3),
                        GeneratedShards.source(shards),
                        Schedule.STEP.of(new Schedule.Settings(rate, epochs, Warmup.none(), List.of(), 1)))
                .epochs(epochs)
                .workers(workers, batchSize)
                .averaging(AveragingRule.plain(averagingEvery))
                .order(2, 1)
                .build();
    }

    private static final class Recorder implements TrainingListener {
        private final List<RoundMetrics> rounds = new ArrayList<>();
        private final List<ValidationMetrics> validations = new ArrayList<>();

        @Override
        public void onRound(RoundMetrics metrics) {
            rounds.add(metrics);
        }

        @Override
        public void onValidation(ValidationMetrics metrics) {
            validations.add(metrics);
        }
    }
}
