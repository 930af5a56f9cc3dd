package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundPlannerTest {
    private static final int PICTURES = 213;

    @TempDir
    static Path folder;

    private static RoundPlanner planner;

    @BeforeAll
    static void plan() throws Exception {
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, PICTURES, 70, 3);
        planner = new RoundPlanner(TrainingPlan.builder(
                        new ReplicaSpec("plan", ResNetSpec.cifar(8, Shortcut.A, GeneratedShards.CLASSES), 0.9, 0),
                        GeneratedShards.source(shards),
                        Schedule.COSINE.of(new Schedule.Settings(0.1, 2, Warmup.none(), List.of(), 1)))
                .epochs(2)
                .workers(4, 4)
                .averaging(AveragingRule.plain(3))
                .order(2, 1)
                .build());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyExampleIsUsedOnceForAnyChangeOfWorkers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EpochPlan order = planner.order(1);
        TreeSet<Long> seen = new TreeSet<>();
        long position = 0;
        while (position < PICTURES) {
            RoundPlanner.Planned planned = planner.at(order, 1, position, 1 + random.nextInt(7));
            assertThat(planned.round().position()).isEqualTo(position);
            for (ReplicaShare share : planned.round().shares()) {
                for (int i = 0; i < share.examples().size(); i++) {
                    assertThat(seen.add(share.examples().id(i)))
                            .as("example %d is new", share.examples().id(i))
                            .isTrue();
                }
            }
            position = planned.round().next();
        }

        assertThat(seen).hasSize(PICTURES).first().isEqualTo(0L);
        assertThat(seen).last().isEqualTo(PICTURES - 1L);
    }

    @Test
    void theRateDependsOnTheExamplesNotOnTheRounds() {
        EpochPlan order = planner.order(0);

        List<Double> rates = List.of(
                planner.at(order, 0, 0, 4).learningRate(),
                planner.at(order, 0, 48, 1).learningRate(),
                planner.at(order, 0, 48, 7).learningRate());

        assertThat(rates.get(0)).isEqualTo(0.1);
        assertThat(rates.get(1)).isLessThan(0.1).isEqualTo(rates.get(2));
    }

    @Test
    void aWorkerKnowsItsNextShareUntilTheEndOfTheRun() {
        EpochPlan last = planner.order(1);

        assertThat(planner.at(planner.order(0), 0, 208, 2).tasks())
                .as("the last round of an epoch but the last")
                .allSatisfy(task -> assertThat(task.expectsMore()).isTrue());
        assertThat(planner.at(last, 1, 208, 2).tasks())
                .as("the last round of the run")
                .allSatisfy(task -> assertThat(task.expectsMore()).isFalse());
    }
}
