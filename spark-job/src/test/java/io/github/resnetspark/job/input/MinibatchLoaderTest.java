package io.github.resnetspark.job.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.NormalizedPlanes.Direction;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.Flip;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.image.augment.TrivialAugment;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinibatchLoaderTest {
    @TempDir
    static Path folder;

    private static ShardSet shards;

    @BeforeAll
    static void write() throws Exception {
        shards = GeneratedShards.write(folder, Split.TRAIN, 70, 30, 3);
    }

    @Test
    void minibatchesDoNotDependOnThreadsAndPrefetching() throws Exception {
        List<MinibatchLoader.Minibatch> one = load(source(shards, 1, 1), 0);
        List<MinibatchLoader.Minibatch> many = load(source(shards, 3, 5), 0);

        assertThat(one).hasSize(5);
        for (int i = 0; i < one.size(); i++) {
            assertThat(many.get(i).pictures()).isEqualTo(one.get(i).pictures());
            assertThat(many.get(i).labels()).isEqualTo(one.get(i).labels());
            assertThat(many.get(i).classes()).isEqualTo(one.get(i).classes());
        }
    }

    @Test
    void randomCropsDoNotDependOnThreadsAndCache() throws Exception {
        MinibatchSource.LocalCache cache =
                new MinibatchSource.LocalCache(folder.resolve("rows").toString(), 1 << 20);
        List<MinibatchLoader.Minibatch> one = load(varied(1, MinibatchSource.LocalCache.NONE), 3);
        List<MinibatchLoader.Minibatch> many = load(varied(4, cache), 3);
        List<MinibatchLoader.Minibatch> again = load(varied(4, cache), 3);

        assertThat(folder.resolve("rows")).isNotEmptyDirectory();
        for (int i = 0; i < one.size(); i++) {
            assertThat(many.get(i).pictures()).isEqualTo(one.get(i).pictures());
            assertThat(again.get(i).pictures()).isEqualTo(one.get(i).pictures());
            assertThat(again.get(i).classes()).isEqualTo(one.get(i).classes());
        }
    }

    @Test
    void augmentationDiffersFromEpochToEpoch() throws Exception {
        assertThat(load(source(shards, 1, 1), 0).get(0).pictures())
                .isNotEqualTo(load(source(shards, 1, 1), 1).get(0).pictures());
    }

    @Test
    void keepsNoMoreMinibatchesThanAllowed() throws Exception {
        try (MinibatchLoader loader = new MinibatchLoader(source(shards, 1, 2))) {
            List<Future<MinibatchLoader.Minibatch>> minibatches = loader.load(share(shards), 0);
            MinibatchLoader.Minibatch first = minibatches.get(0).get();
            minibatches.get(1).get();
            assertThat(minibatches.get(2).isDone()).isFalse();

            loader.release(first);

            assertThat(minibatches.get(2).get().size()).isEqualTo(first.size());
        }
    }

    @Test
    void reportsThePictureWhoseLabelIsOutOfRange() {
        ShardSet fewerClasses = new ShardSet(shards.directory(), shards.shards(), 2, shards.configuration());

        assertThatThrownBy(() -> load(source(fewerClasses, 1, 1), 0))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ShardException.class)
                .hasMessageMatching(
                        "The picture 'made#\\d+' in file:.*\\.parquet has the label 2 but the manifest has 2 classes\\."
                                + " Run verify to see which shards are damaged, then prepare the data set again\\.");
    }

    private static List<MinibatchLoader.Minibatch> load(MinibatchSource source, int epoch) throws Exception {
        List<MinibatchLoader.Minibatch> copies = new ArrayList<>();
        try (MinibatchLoader loader = new MinibatchLoader(source)) {
            for (Future<MinibatchLoader.Minibatch> future : loader.load(share(source.shards()), epoch)) {
                MinibatchLoader.Minibatch minibatch = future.get();
                copies.add(copy(minibatch));
                loader.release(minibatch);
            }
        }
        return copies;
    }

    @Test
    void picturesOfAnotherSideAreThoseOfANetworkWithThatInput() throws Exception {
        MinibatchSource usual = varied(2, MinibatchSource.LocalCache.NONE);
        MinibatchSource larger = new MinibatchSource(
                shards,
                usual.preprocessing().withInputSize(12),
                usual.variation(),
                usual.mixing(),
                usual.labelSmoothing(),
                usual.seed(),
                4,
                2,
                2,
                MinibatchSource.LocalCache.NONE);
        List<MinibatchLoader.Minibatch> expected = load(larger, 3);
        try (MinibatchLoader loader = new MinibatchLoader(usual)) {
            for (int side : List.of(8, 12)) {
                List<Future<MinibatchLoader.Minibatch>> futures = loader.load(share(shards), 3, side);
                for (int i = 0; i < futures.size(); i++) {
                    MinibatchLoader.Minibatch minibatch = futures.get(i).get();
                    assertThat(minibatch.side()).isEqualTo(side);
                    if (side == 12) {
                        assertThat(minibatch.pictures())
                                .isEqualTo(expected.get(i).pictures());
                        assertThat(minibatch.labels()).isEqualTo(expected.get(i).labels());
                    }
                    loader.release(minibatch);
                }
            }
        }
    }

    @Test
    void alternatingFlipsShowEachPictureBothWaysInTwoEpochs() throws Exception {
        MinibatchSource plain = source(shards, 1, 2);
        MinibatchSource alternating = new MinibatchSource(
                shards,
                plain.preprocessing(),
                new PictureVariation(Augmentation.RANDOM_RESIZED_CROP, Flip.ALTERNATING, List.of()),
                MinibatchVariation.NONE,
                0,
                1,
                4,
                1,
                2,
                MinibatchSource.LocalCache.NONE);
        int asStored = 0;
        for (long example = 0; example < 1000; example++) {
            long half = MinibatchLoader.ExampleSeed.of(1, 0, example);
            assertThat(Flip.ALTERNATING.direction(half, 4)).isEqualTo(Flip.ALTERNATING.direction(half, 0));
            assertThat(Flip.ALTERNATING.direction(half, 5)).isNotEqualTo(Flip.ALTERNATING.direction(half, 0));
            asStored += Flip.ALTERNATING.direction(half, 0).orElseThrow() == Direction.AS_STORED ? 1 : 0;
        }
        assertThat(asStored).isBetween(450, 550);
        assertThat(Flip.RANDOM.direction(1, 0)).isEmpty();

        // Where a random flip has the other direction, the same crop is mirrored.
        MinibatchSource random = new MinibatchSource(
                shards,
                plain.preprocessing(),
                PictureVariation.of(Augmentation.RANDOM_RESIZED_CROP),
                MinibatchVariation.NONE,
                0,
                1,
                4,
                1,
                2,
                MinibatchSource.LocalCache.NONE);
        List<MinibatchLoader.Minibatch> drawn = load(random, 0);
        List<MinibatchLoader.Minibatch> given = load(alternating, 0);
        int same = 0;
        int mirrored = 0;
        for (int i = 0; i < drawn.size(); i++) {
            MinibatchLoader.Minibatch mirror = copy(drawn.get(i));
            mirror.mirror();
            int length = mirror.pictures().length / mirror.size();
            for (int picture = 0; picture < mirror.size(); picture++) {
                float[] now = Arrays.copyOfRange(given.get(i).pictures(), picture * length, (picture + 1) * length);
                float[] before = Arrays.copyOfRange(drawn.get(i).pictures(), picture * length, (picture + 1) * length);
                float[] other = Arrays.copyOfRange(mirror.pictures(), picture * length, (picture + 1) * length);
                assertThat(now).satisfiesAnyOf(view -> assertThat(view).isEqualTo(before), view -> assertThat(view)
                        .isEqualTo(other));
                same += Arrays.equals(now, before) ? 1 : 0;
                mirrored += Arrays.equals(now, other) ? 1 : 0;
            }
        }
        assertThat(same).isPositive();
        assertThat(mirrored).isPositive();
    }

    private static MinibatchLoader.Minibatch copy(MinibatchLoader.Minibatch minibatch) {
        return new MinibatchLoader.Minibatch(
                minibatch.size(),
                minibatch.side(),
                minibatch.pictures().clone(),
                minibatch.labels().clone(),
                minibatch.classes().clone());
    }

    private static ReplicaShare share(ShardSet shards) {
        return RoundPlan.at(EpochPlan.of(shards.rowGroups(), 1, 0, 2), 0, 1, 5, 14)
                .shares()
                .get(0);
    }

    private static MinibatchSource varied(int decodeThreads, MinibatchSource.LocalCache cache) {
        PictureVariation variation = new PictureVariation(
                Augmentation.RANDOM_RESIZED_CROP,
                new ColorJitter(0.4, 0.4, 0.4, 0.1),
                new TrivialAugment(),
                new RandomErasing(0.5));
        MinibatchSource plain = GeneratedShards.source(shards);
        return new MinibatchSource(
                shards,
                plain.preprocessing(),
                variation,
                new MinibatchVariation(0.2, 1),
                0.1,
                1,
                4,
                decodeThreads,
                2,
                cache);
    }

    private static MinibatchSource source(ShardSet shards, int decodeThreads, int prefetchBatches) {
        MinibatchSource plain = GeneratedShards.source(shards);
        PictureVariation variation = PictureVariation.of(Augmentation.PAD_CROP_FLIP);
        return new MinibatchSource(
                shards,
                plain.preprocessing(),
                variation,
                MinibatchVariation.NONE,
                0.1,
                1,
                4,
                decodeThreads,
                prefetchBatches,
                MinibatchSource.LocalCache.NONE);
    }
}
