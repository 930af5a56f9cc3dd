package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four replicas, distributed over workers in three ways. */
class ReplicasOfWorkersIT {
    private static final int PICTURES = 150;
    private static final int REPLICAS = 4;

    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static ShardSet shards;

    @BeforeAll
    static void start() throws Exception {
        spark = LocalSpark.open(4);
        shards = GeneratedShards.write(folder, Split.TRAIN, PICTURES, 40, 7);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void theNumberOfWorkersForTheSameReplicasDoesNotChangeTheResult(double momentum) {
        TrainingOutcome four = train(plan("four", false, momentum, 4, InnerMomentum.AVERAGE, Optional.empty()));
        TrainingOutcome two = train(plan("two", false, momentum, 2, InnerMomentum.AVERAGE, Optional.empty()));
        TrainingOutcome one = train(plan("one", false, momentum, 1, InnerMomentum.AVERAGE, Optional.empty()));

        assertThat(four.last().parameters()).isNotEqualTo(start(false));
        for (TrainingOutcome fewer : List.of(two, one)) {
            assertThat(largestDifference(fewer.last().parameters(), four.last().parameters()))
                    .isLessThan(1e-5);
            assertThat(largestDifference(
                            fewer.last().updaterState(), four.last().updaterState()))
                    .isLessThan(1e-5);
            assertThat(fewer.examples()).isEqualTo(four.examples()).isEqualTo(2 * PICTURES);
        }
    }

    @Test
    void runningStatisticsAreTheSameToo() {
        TrainingOutcome four = train(plan("four", true, 0.9, 4, InnerMomentum.AVERAGE, Optional.empty()));
        TrainingOutcome two = train(plan("two", true, 0.9, 2, InnerMomentum.AVERAGE, Optional.empty()));
        TrainingOutcome one = train(plan("one", true, 0.9, 1, InnerMomentum.AVERAGE, Optional.empty()));

        // Batch normalization amplifies the rounding of the averages from step to step.
        assertThat(largestDifference(two.last().parameters(), four.last().parameters()))
                .isLessThan(1e-3);
        assertThat(largestDifference(one.last().parameters(), four.last().parameters()))
                .isLessThan(1e-3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void runningTwiceIsBitIdentical(int workers) {
        TrainingPlan plan = plan("first", true, 0.9, workers, InnerMomentum.AVERAGE, Optional.of(2));
        TrainingPlan again = plan("second", true, 0.9, workers, InnerMomentum.AVERAGE, Optional.of(2));

        TrainingOutcome first = train(plan);
        TrainingOutcome second = train(again);

        assertThat(second.last().parameters()).isEqualTo(first.last().parameters());
        assertThat(second.last().updaterState()).isEqualTo(first.last().updaterState());
    }

    @Test
    void aMomentumThatIsResetIsNeitherSentNorReceived() {
        List<RoundMetrics> reset = new ArrayList<>();
        List<RoundMetrics> kept = new ArrayList<>();
        TrainingOutcome outcome = train(plan("reset", false, 0.9, 2, InnerMomentum.RESET, Optional.empty()), reset);
        train(plan("kept", false, 0.9, 2, InnerMomentum.AVERAGE, Optional.empty()), kept);

        assertThat(outcome.last().updaterState()).isEmpty();
        assertThat(reset.get(1).driverBytes())
                .as("parameters alone")
                .isEqualTo((long) Float.BYTES * outcome.last().parameters().length);
        assertThat(kept.get(1).driverBytes()).isEqualTo(2 * reset.get(1).driverBytes());
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double difference = 0;
        double scale = 0;
        for (int i = 0; i < one.length; i++) {
            difference = Math.max(difference, Math.abs((double) one[i] - other[i]));
            scale = Math.max(scale, Math.abs((double) other[i]));
        }
        return difference / scale;
    }

    private static TrainingOutcome train(TrainingPlan plan) {
        return train(plan, new ArrayList<>());
    }

    private static TrainingOutcome train(TrainingPlan plan, List<RoundMetrics> rounds) {
        GraphState layout = new GraphState(ResNet.create(plan.replica().network(), 5));
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onRound(RoundMetrics metrics) {
                rounds.add(metrics);
            }
        };
        try {
            return new AveragingTrainer(spark, plan, listener, WorkerSupply.fixed(plan.workers()))
                    .train(
                            RunState.beginning(layout.withoutMomentum(), Instant.now()),
                            layout.moments(),
                            new RunKeeper() {});
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    private static float[] start(boolean batchNorm) {
        return new GraphState(ResNet.create(GeneratedShards.network(batchNorm), 5))
                .withoutMomentum()
                .parameters();
    }

    /** Two epochs with rounds of 4 replicas × 3 minibatches × 8 pictures. The last round of an epoch is shorter. */
    private static TrainingPlan plan(
            String run, boolean batchNorm, double momentum, int workers, InnerMomentum kept, Optional<Integer> within) {
        return TrainingPlan.builder(
                        new ReplicaSpec(run, GeneratedShards.network(batchNorm), momentum, 1e-3),
                        GeneratedShards.source(shards),
                        Schedule.STEP.of(new Schedule.Settings(0.05, 2, Warmup.none(), List.of(), 1)))
                .epochs(2)
                .workers(workers, 8)
                .replicas(REPLICAS / workers)
                .averaging(new AveragingRule(
                        AveragingSchedule.always(3), within, kept, new OuterNesterov(0, 1), Optional.empty()))
                .order(2, 1)
                .build();
    }
}
