package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.PreflightNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NormalizedValuesTest {
    private static final String[] TO_ONE_PIXEL = {"model.family=imagenet", "model.depth=18", "model.input=32"};

    @Test
    void refusesMinibatchesWithOneValuePerChannelForBatchNormalisation() {
        assertThat(NormalizedValues.problem(recipe("train.batch-size-per-replica=1"), 1000))
                .contains(PreflightFailures.oneValuePerChannel(1, 32, 1));
        assertThat(NormalizedValues.problem(recipe("train.batch-size-per-replica=32"), 1))
                .contains(PreflightFailures.oneValuePerChannel(32, 32, 1));
    }

    @Test
    void acceptsMoreValuesAndNetworksWithoutBatchNormalisation() {
        for (String setting : List.of("train.batch-size-per-replica=2", "model.input=33", "model.batch-norm=false")) {
            assertThat(NormalizedValues.problem(recipe("train.batch-size-per-replica=1", setting), 1000))
                    .isEmpty();
        }
        assertThat(NormalizedValues.problem(
                        Recipe.load(Optional.empty(), List.of("train.batch-size-per-replica=1")), 1))
                .isEmpty();
    }

    @Test
    void warnsOfTwoValuesPerChannel() {
        assertThat(NormalizedValues.note(recipe("train.batch-size-per-replica=2"), 1000))
                .contains(PreflightNotices.twoValuesPerChannel(32, 1));
    }

    @Test
    void warnsOfALastMinibatchOfOnePictureExactlyIfThePlanHasOne() {
        assertThat(NormalizedValues.note(
                        recipe("train.batch-size-per-replica=8", "cluster.workers=2", "averaging.every=4"), 65))
                .contains(PreflightNotices.lastMinibatchOfOne(32, 1));
        SplittableRandom random = new SplittableRandom(1);
        int warned = 0;
        for (int i = 0; i < 300; i++) {
            int workers = random.nextInt(1, 4);
            int every = random.nextInt(1, 4);
            int batch = random.nextInt(3, 6);
            int examples = random.nextInt(3, 60);
            Recipe recipe = recipe(
                    "train.batch-size-per-replica=" + batch, "cluster.workers=" + workers, "averaging.every=" + every);
            boolean warns = NormalizedValues.note(recipe, examples).isPresent();
            assertThat(warns)
                    .as("%d examples, %d workers x %d x %d", examples, workers, every, batch)
                    .isEqualTo(sizes(examples, workers, every, batch).contains(1));
            warned += warns ? 1 : 0;
        }
        assertThat(warned).isBetween(10, 100);
    }

    /** Rounds of 24 pictures leave 17 for the last one, in three minibatches. Rounds of 32 leave a single picture. */
    @Test
    void followsIntervalsThatGrow() {
        String[] fixed = {"train.batch-size-per-replica=8", "cluster.workers=1", "optimizer.warmup-epochs=0"};
        Recipe always = recipe(
                Stream.concat(Stream.of(fixed), Stream.of("averaging.every=3")).toArray(String[]::new));
        Recipe once = recipe(
                Stream.concat(Stream.of(fixed), Stream.of("averaging.every=[3, 4]", "averaging.milestones=[0.5]"))
                        .toArray(String[]::new));

        assertThat(NormalizedValues.note(always, 65)).isEmpty();
        assertThat(NormalizedValues.note(once, 65)).contains(PreflightNotices.lastMinibatchOfOne(32, 1));
    }

    /** The sizes of the minibatches of an epoch. */
    private static List<Integer> sizes(int examples, int workers, int every, int batch) {
        EpochPlan epoch = EpochPlan.of(List.of(new RowGroup(0, 0, examples)), 1, 0, 1);
        List<Integer> sizes = new ArrayList<>();
        long position = 0;
        while (position < examples) {
            RoundPlan round = RoundPlan.at(epoch, position, workers, every, batch);
            for (ReplicaShare share : round.shares()) {
                for (int minibatch = 0; minibatch < share.minibatches(); minibatch++) {
                    sizes.add(share.minibatch(minibatch).size());
                }
            }
            position = round.next();
        }
        return sizes;
    }

    private static Recipe recipe(String... more) {
        return Recipe.load(
                Optional.empty(),
                Stream.concat(Stream.of(TO_ONE_PIXEL), Stream.of(more)).toList());
    }
}
