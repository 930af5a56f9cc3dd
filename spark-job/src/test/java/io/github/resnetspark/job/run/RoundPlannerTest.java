package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.InputSizeSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundPlannerTest {
    private static final int PICTURES = 213;

    private static final LearningRateSchedule SCHEDULE =
            Schedule.COSINE.of(new Schedule.Settings(0.1, 2, Warmup.none(), List.of(), 1));

    @TempDir
    static Path folder;

    private static TrainingPlan plan;
    private static RoundPlanner planner;

    @BeforeAll
    static void plan() throws Exception {
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, PICTURES, 70, 3);
        plan = TrainingPlan.builder(
                        new ReplicaSpec("plan", ResNetSpec.cifar(8, Shortcut.A, GeneratedShards.CLASSES), 0.9, 0),
                        GeneratedShards.source(shards),
                        SCHEDULE)
                .epochs(2)
                .workers(4, 4)
                .averaging(AveragingRule.plain(3))
                .order(2, 1)
                .build();
        planner = new RoundPlanner(plan);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyExampleIsUsedOnceForAnyChangeOfWorkers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EpochPlan order = planner.order(1);
        TreeSet<Long> seen = new TreeSet<>();
        long position = 0;
        while (position < PICTURES) {
            RoundPlanner.Planned planned = planner.at(order, 1, position, 1 + random.nextInt(7), SpeedBalance.EVEN);
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
                planner.at(order, 0, 0, 4, SpeedBalance.EVEN).learningRate(),
                planner.at(order, 0, 48, 1, SpeedBalance.EVEN).learningRate(),
                planner.at(order, 0, 48, 7, SpeedBalance.EVEN).learningRate());

        assertThat(rates.get(0)).isEqualTo(0.1);
        assertThat(rates.get(1)).isLessThan(0.1).isEqualTo(rates.get(2));
    }

    @Test
    void aWorkerKnowsItsNextShareUntilTheEndOfTheRun() {
        EpochPlan last = planner.order(1);

        assertThat(coming(planner.order(0), 0))
                .as("the last round of an epoch but the last")
                .hasSize(2);
        assertThat(coming(last, 1)).as("the last round of the run").isEmpty();
    }

    @Test
    void everyExampleIsUsedOnceIfSharesFollowTheSpeed() {
        SpeedBalance balance = SpeedBalance.EVEN;
        SplittableRandom random = new SplittableRandom(3);
        for (int epoch = 0; epoch < 2; epoch++) {
            EpochPlan order = planner.order(epoch);
            TreeSet<Long> seen = new TreeSet<>();
            for (long position = 0; position < PICTURES; ) {
                RoundPlanner.Planned planned = planner.at(order, epoch, position, 3, balance);
                for (ReplicaShare share : planned.round().shares()) {
                    for (int i = 0; i < share.examples().size(); i++) {
                        assertThat(seen.add(share.examples().id(i))).isTrue();
                    }
                }
                balance = new SpeedBalance(
                        balance.next(),
                        List.of(random.nextDouble(1, 5), random.nextDouble(1, 5), random.nextDouble(1, 5)),
                        List.of());
                position = planned.round().next();
            }
            assertThat(seen).hasSize(PICTURES);
        }
    }

    @Test
    void whatIsLoadedAheadIsTheShareOfTheNextRound() {
        EpochPlan order = planner.order(0);
        SpeedBalance first = new SpeedBalance(List.of(1.0, 2.0), List.of(3.0, 1.0), List.of());

        RoundPlanner.Planned now = planner.at(order, 0, 0, 2, first);
        RoundPlanner.Planned next =
                planner.at(order, 0, now.round().next(), 2, new SpeedBalance(first.next(), List.of(), List.of()));

        assertThat(now.unevenMinibatches()).containsExactly(4, 2);
        assertThat(next.unevenMinibatches()).containsExactly(1, 5);
        assertThat(planner.coming(order, now.round(), 0, 2, first))
                .hasSize(2)
                .allSatisfy((replica, share) -> assertThat(new TrainingFeed.EpochShare(
                                        next.round().shares().get(replica), 0, GeneratedShards.SIZE)
                                .startsWith(share))
                        .isTrue());
    }

    @Test
    void theSizeOfPicturesChangesWithTheFirstRoundAfterAMilestoneAndIsLoadedAhead() {
        RoundPlanner growing = new RoundPlanner(plan.toBuilder()
                .inputSizes(new InputSizeSchedule(List.of(8, 12), List.of(0.25), 2))
                .build());
        EpochPlan order = growing.order(0);

        long example = 0;
        while (example < PICTURES) {
            RoundPlanner.Planned round = growing.at(order, 0, example, 4, SpeedBalance.EVEN);
            int side = example >= PICTURES / 2.0 ? 12 : 8;
            int next = round.round().next() >= PICTURES / 2.0 ? 12 : 8;
            assertThat(round.side()).isEqualTo(side);
            assertThat(growing.coming(order, round.round(), 0, 4, SpeedBalance.EVEN)
                            .values())
                    .isNotEmpty()
                    .allSatisfy(share -> assertThat(share.side()).isEqualTo(next));
            example = round.round().next();
        }
    }

    @Test
    void noMoreIsLoadedAheadThanThereIsRoomFor() {
        EpochPlan order = planner.order(0);
        RoundPlan round = planner.at(order, 0, 0, 4, SpeedBalance.EVEN).round();

        assertThat(round.shares()).extracting(ReplicaShare::minibatches).containsOnly(3);
        assertThat(planner.coming(order, round, 0, 4, SpeedBalance.EVEN).values())
                .extracting(ahead -> ahead.share().minibatches())
                .containsExactly(2, 2, 2, 2);
    }

    private static Map<Integer, TrainingFeed.EpochShare> coming(EpochPlan order, int epoch) {
        RoundPlan round = planner.at(order, epoch, 208, 2, SpeedBalance.EVEN).round();
        return planner.coming(order, round, epoch, 2, SpeedBalance.EVEN);
    }

    @Test
    void workersOfDifferentSpeedAdvanceThroughTheScheduleTogether() {
        EpochPlan order = planner.order(0);
        RoundPlan round = planner.at(order, 0, 24, 2, SpeedBalance.EVEN).round();

        // H is 3, so 6 minibatches are a full round of 24 examples.
        assertThat(planner.rates(order, round, 0, 3, 6)).containsExactly(rate(24), rate(32), rate(40));
        assertThat(planner.rates(order, round, 0, 4, 6)).containsExactly(rate(24), rate(30), rate(36), rate(42));
        assertThat(planner.rates(order, round, 0, 2, 6)).containsExactly(rate(24), rate(36));
    }

    private static double rate(int examples) {
        return SCHEDULE.at((double) examples / PICTURES);
    }
}
