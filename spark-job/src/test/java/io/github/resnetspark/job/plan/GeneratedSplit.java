package io.github.resnetspark.job.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A random split and random training settings, from a fixed seed. */
record GeneratedSplit(List<RowGroup> rowGroups, long seed, int window, int workers, int minibatches, int batchSize) {
    static Stream<GeneratedSplit> cases() {
        Random random = new Random(20151210);
        return IntStream.range(0, 60).mapToObj(ignored -> {
            List<RowGroup> rowGroups = new ArrayList<>();
            int shards = random.nextInt(6);
            for (int shard = 0; shard < shards; shard++) {
                int count = 1 + random.nextInt(5);
                for (int index = 0; index < count; index++) {
                    rowGroups.add(new RowGroup(shard, index, 1 + random.nextInt(40)));
                }
            }
            return new GeneratedSplit(
                    rowGroups,
                    random.nextLong(),
                    1 + random.nextInt(6),
                    1 + random.nextInt(9),
                    1 + random.nextInt(5),
                    1 + random.nextInt(12));
        });
    }

    int examples() {
        return rowGroups.stream().mapToInt(RowGroup::rows).sum();
    }

    EpochPlan epoch(int epoch) {
        return EpochPlan.of(rowGroups, seed, epoch, window);
    }

    /** {@code shard/row group/row} of each example, in order. */
    static List<String> references(ExampleList examples) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> examples.shard(i) + "/" + examples.rowGroup(i) + "/" + examples.row(i))
                .toList();
    }

    List<String> allReferences() {
        return rowGroups.stream()
                .flatMap(group -> IntStream.range(0, group.rows())
                        .mapToObj(row -> group.shard() + "/" + group.index() + "/" + row))
                .toList();
    }

    @Override
    public String toString() {
        return examples() + " examples in " + rowGroups.size() + " row groups, window " + window + ", W " + workers
                + ", H " + minibatches + ", B " + batchSize;
    }
}
