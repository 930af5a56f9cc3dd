package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.Flip;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.RandAugment;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.image.augment.TrivialAugment;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.MinibatchVariation;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.InputSizeSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.QuadraticRule;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuedRunIT {
    private static final Instant STARTED = Instant.parse("2026-01-31T12:34:56.789Z");
    private static final int PICTURES = 100;
    private static final ResNetSpec NETWORK = GeneratedShards.NETWORK;
    private static final GraphState LAYOUT = new GraphState(ResNet.create(NETWORK, 5));
    private static final RunIdentity RUN = new RunIdentity(new TreeMap<>(), "aaaa");

    private static final List<Position> STOPS = List.of(
            new Position(0, 32, 2),
            new Position(1, 48, 3),
            new Position(1, PICTURES, 6),
            Position.startOf(1),
            new Position(2, 48, 1),
            new Position(2, PICTURES, 2),
            Position.startOf(3));

    @TempDir
    Path folder;

    /**
     * Three epochs of seven, six and two rounds, with all options of averaging and of the pictures, and validated after the second and the
     * third. States are written and read back, and training resumes from them: in the middle of an epoch, at its end
     * before the validation, at the start of the next, in the last epoch, and at the end of the run.
     */
    @Test
    void resumingFromAnyStateIsBitIdentical() throws IOException {
        MinibatchSource training = varied(GeneratedShards.write(folder.resolve("t"), Split.TRAIN, PICTURES, 40, 7));
        MinibatchSource validation =
                GeneratedShards.source(GeneratedShards.write(folder.resolve("v"), Split.VALIDATION, 30, 30, 8));
        try (JavaSparkContext spark = LocalSpark.open(2)) {
            List<RunState> states = new ArrayList<>();
            TrainingPlan plan = plan("undisturbed", training, validation);
            RunState beginning = RunState.beginning(LAYOUT.withoutMomentum(), STARTED);
            TrainingOutcome undisturbed = train(spark, plan, beginning, new RunKeeper() {
                @Override
                public void afterRound(RunState state) {
                    states.add(readBack(state));
                }

                @Override
                public void afterEpoch(RunState state, boolean validated) {
                    states.add(readBack(state));
                }
            });

            assertThat(states).extracting(RunState::position).hasSize(18).containsAll(STOPS);
            assertThat(states).extracting(RunState::started).containsOnly(STARTED);
            states.removeIf(state -> !STOPS.contains(state.position()));
            for (RunState state : states) {
                TrainingOutcome continued = train(
                        spark, plan(state.position().toString(), training, validation), state, new RunKeeper() {});

                assertThat(continued.last().parameters())
                        .as("parameters, continued from %s", state.position())
                        .isEqualTo(undisturbed.last().parameters());
                assertThat(continued.last().updaterState())
                        .as("momentum, continued from %s", state.position())
                        .isEqualTo(undisturbed.last().updaterState());
                assertThat(continued.bestParameters()).isEqualTo(undisturbed.bestParameters());
                assertThat(continued.examples()).isEqualTo(3 * PICTURES);
                assertThat(continued.lastLoss()).isEqualTo(undisturbed.lastLoss());
                ValidationMetrics best = continued.bestValidation().orElseThrow();
                assertThat(best.epoch())
                        .isEqualTo(undisturbed.bestValidation().orElseThrow().epoch());
                assertThat(best.loss())
                        .isEqualTo(undisturbed.bestValidation().orElseThrow().loss());
            }
        }
    }

    /** The times are computed from the losses, so that both runs measure the same. */
    @Test
    void resumingARunThatIsSplitBySpeedIsBitIdenticalIfTheTimesAreTheSame() throws IOException {
        MinibatchSource training =
                GeneratedShards.source(GeneratedShards.write(folder.resolve("t"), Split.TRAIN, PICTURES, 40, 7));
        try (JavaSparkContext spark = LocalSpark.open(2)) {
            List<RunState> states = new ArrayList<>();
            TrainingOutcome undisturbed = train(
                    spark,
                    bySpeed("undisturbed", training),
                    RunState.beginning(LAYOUT.withoutMomentum(), STARTED),
                    new RunKeeper() {
                        @Override
                        public void afterRound(RunState state) {
                            states.add(readBack(state));
                        }
                    },
                    ContinuedRunIT::madeUpSeconds);

            assertThat(states.stream().map(state -> state.balance().now()).distinct())
                    .as("splits")
                    .hasSizeGreaterThan(1);
            for (int round = 4; round < states.size(); round += 9) {
                RunState state = states.get(round);
                TrainingOutcome continued = train(
                        spark,
                        bySpeed("round " + round, training),
                        state,
                        new RunKeeper() {},
                        ContinuedRunIT::madeUpSeconds);

                assertThat(continued.last().parameters())
                        .as("parameters, continued from %s", state.position())
                        .isEqualTo(undisturbed.last().parameters());
                assertThat(continued.last().updaterState())
                        .isEqualTo(undisturbed.last().updaterState());
            }
            RunState unlike = states.get(states.size() / 2).withBalance(SpeedBalance.EVEN);
            assertThat(train(
                                    spark,
                                    bySpeed("even", training),
                                    unlike,
                                    new RunKeeper() {},
                                    ContinuedRunIT::madeUpSeconds)
                            .last()
                            .parameters())
                    .as("continued without the balance")
                    .isNotEqualTo(undisturbed.last().parameters());
        }
    }

    private static MinibatchSource varied(ShardSet shards) {
        MinibatchSource plain = GeneratedShards.source(shards);
        return new MinibatchSource(
                shards,
                plain.preprocessing(),
                new PictureVariation(
                        Augmentation.PAD_CROP_FLIP,
                        Flip.ALTERNATING,
                        List.of(
                                new ColorJitter(0.4, 0.4, 0.4, 0.1),
                                new TrivialAugment(),
                                new RandAugment(2, 9),
                                new RandomErasing(0.5))),
                new MinibatchVariation(0.2, 1),
                0.1,
                1,
                4,
                1,
                2,
                MinibatchSource.LocalCache.NONE);
    }

    private static double madeUpSeconds(WorkerReport report) {
        double loss = report.lossSum() / report.examples();
        return report.worker() == 0 ? 1 + loss : 3 + loss;
    }

    private static TrainingPlan bySpeed(String run, MinibatchSource training) {
        return TrainingPlan.builder(
                        new ReplicaSpec(run, NETWORK, 0.9, 1e-3),
                        training,
                        Schedule.COSINE.of(new Schedule.Settings(0.05, 6, Warmup.none(), List.of(), 1)))
                .epochs(6)
                .workers(2, 4)
                .balance(Balance.SPEED)
                .averaging(AveragingRule.plain(3))
                .order(2, 1)
                .build();
    }

    private RunState readBack(RunState state) {
        try {
            CheckpointDirectory checkpoints = new CheckpointDirectory(
                    Storage.of(new Configuration()),
                    new org.apache.hadoop.fs.Path(folder.resolve("checkpoints").toUri()),
                    () -> {});
            checkpoints.write(RunStateFormat.toCheckpoint(state, RUN));
            return RunStateFormat.fromCheckpoint(checkpoints.newestIntact().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainingOutcome train(JavaSparkContext spark, TrainingPlan plan, RunState start, RunKeeper keeper) {
        return train(spark, plan, start, keeper, WorkerReport::secondsPerExample);
    }

    private static TrainingOutcome train(
            JavaSparkContext spark,
            TrainingPlan plan,
            RunState start,
            RunKeeper keeper,
            ToDoubleFunction<WorkerReport> secondsPerExample) {
        try {
            return new AveragingTrainer(
                            spark,
                            plan,
                            TrainingListener.all(List.of()),
                            WorkerSupply.fixed(plan.workers()),
                            secondsPerExample)
                    .train(start, LAYOUT.moments(), keeper);
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    private static TrainingPlan plan(String run, MinibatchSource training, MinibatchSource validation) {
        LearningRateSchedule rate =
                Schedule.COSINE.of(new Schedule.Settings(0.05, 3, new Warmup(0.5, 0.001), List.of(), 1));
        return TrainingPlan.builder(new ReplicaSpec(run, NETWORK, 0.9, 1e-3), training, rate)
                .inputSizes(new InputSizeSchedule(List.of(GeneratedShards.SIZE, 12), List.of(0.5), 3))
                .validation(Optional.of(validation), 2)
                .epochs(3)
                .workers(2, 8)
                .averaging(new AveragingRule(
                        // The rule makes it 3 at the start of the last epoch and 37 at 48 pictures, more than the 7
                        // that are there.
                        new AveragingSchedule(
                                List.of(1, 2),
                                List.of(0.5),
                                3,
                                Optional.of(1),
                                0.5,
                                Optional.of(new QuadraticRule(0.0314, rate)),
                                7),
                        Optional.empty(),
                        InnerMomentum.AVERAGE,
                        new OuterNesterov(0.5, 0.7),
                        Optional.of(new ExponentialAverage(0.9))))
                .order(2, 1)
                .build();
    }
}
