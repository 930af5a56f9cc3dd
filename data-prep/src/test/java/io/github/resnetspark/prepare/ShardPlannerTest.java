package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.prepare.ShardPlanner.PlannedShard;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShardPlannerTest {
    @Test
    void everyPictureIsInOneShardAndOnlyTheLastShardEndsInAShortRowGroup() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 300; i++) {
            int rowGroup = random.nextInt(1, 300);
            List<SourceExample> train = examples(random.nextInt(1, 3000));
            List<PlannedShard> tasks = plan(random.nextLong(1, 500_000), rowGroup, i, train, List.of());

            List<SourceExample> planned = new ArrayList<>();
            for (PlannedShard task : tasks) {
                assertThat(task.examples()).isNotEmpty();
                planned.addAll(task.examples());
            }
            assertThat(planned).hasSize(train.size());
            assertThat(new HashSet<>(planned)).hasSize(train.size());
            for (PlannedShard task : tasks.subList(0, tasks.size() - 1)) {
                assertThat(task.examples().size() % rowGroup).isZero();
                assertThat(task.examples()).hasSameSizeAs(tasks.get(0).examples());
            }
            assertThat(tasks.get(0).name())
                    .isEqualTo(String.format(Locale.ROOT, "train-00000-of-%05d.parquet", tasks.size()));
        }
    }

    @Test
    void shardsHaveAboutTheRequestedSize() {
        List<PlannedShard> tasks = plan(64 << 20, 256, 1, examples(50_000, 3073), examples(10_000, 3073));

        assertThat(tasks.stream().map(PlannedShard::name))
                .containsExactly(
                        "train-00000-of-00002.parquet",
                        "train-00001-of-00002.parquet",
                        "validation-00000-of-00001.parquet");
        assertThat(tasks.stream().map(task -> task.examples().size())).containsExactly(25_088, 24_912, 10_000);
    }

    @Test
    void shufflesTrainByTheSeedButNotValidation() {
        List<SourceExample> examples = examples(2000);

        List<SourceExample> one =
                plan(1 << 30, 256, 1, examples, examples).get(0).examples();
        List<SourceExample> again =
                plan(1 << 30, 256, 1, examples, examples).get(0).examples();
        List<SourceExample> other =
                plan(1 << 30, 256, 2, examples, examples).get(0).examples();

        assertThat(one).isEqualTo(again).isNotEqualTo(other).isNotEqualTo(examples);
        assertThat(plan(1 << 30, 256, 1, examples, examples).get(1).examples()).isEqualTo(examples);
        assertThat(one.subList(0, 256).stream().map(SourceExample::label)).contains(0, 1, 2, 3);
    }

    private static List<PlannedShard> plan(
            long shardSize, int rowGroup, long seed, List<SourceExample> train, List<SourceExample> validation) {
        PrepareSettings settings =
                new PrepareSettings("file:/x", SourceFormat.AUTO, shardSize, rowGroup, seed, 0, List.of());
        return new ShardPlanner(settings).plan(new SourceListing(List.of("a", "b", "c", "d"), train, validation, null));
    }

    private static List<SourceExample> examples(int count) {
        return examples(count, 100);
    }

    /** The first quarter has class 0, the second class 1, ... */
    private static List<SourceExample> examples(int count, long bytes) {
        List<SourceExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new SourceExample("f#" + i, i * 4 / count, "f", i * bytes, bytes));
        }
        return examples;
    }
}
