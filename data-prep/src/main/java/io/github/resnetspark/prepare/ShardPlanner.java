package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides which picture goes into which shard. A pure function of the seed and the listing, stable across releases. */
final class ShardPlanner {
    private final long shardSize;
    private final int rowGroup;
    private final long seed;

    ShardPlanner(PrepareSettings settings) {
        this.shardSize = settings.shardSize();
        this.rowGroup = settings.rowGroup();
        this.seed = settings.seed();
    }

    /** The shards of the train split, globally shuffled, then those of the validation split in file order. */
    List<PlannedShard> plan(SourceListing listing) {
        List<PlannedShard> tasks = new ArrayList<>(shards(Split.TRAIN, shuffled(listing.train())));
        tasks.addAll(shards(Split.VALIDATION, listing.validation()));
        return tasks;
    }

    /** All shards but the last have the same number of rows, and only the last may end with a short row group. */
    private List<PlannedShard> shards(Split split, List<SourceExample> examples) {
        List<PlannedShard> tasks = new ArrayList<>();
        if (examples.isEmpty()) {
            return tasks;
        }
        long bytes = examples.stream().mapToLong(SourceExample::bytes).sum();
        long wanted = Math.max(1, (bytes + shardSize / 2) / shardSize);
        long groups = ceilDivide(examples.size(), rowGroup);
        long rows = ceilDivide(groups, Math.min(wanted, groups)) * rowGroup;
        int count = Math.toIntExact(ceilDivide(examples.size(), rows));
        for (int shard = 0; shard < count; shard++) {
            int from = Math.toIntExact(shard * rows);
            int to = (int) Math.min(examples.size(), from + rows);
            tasks.add(new PlannedShard(split.shardName(shard, count), examples.subList(from, to)));
        }
        return tasks;
    }

    private List<SourceExample> shuffled(List<SourceExample> examples) {
        List<SourceExample> order = new ArrayList<>(examples);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            SourceExample swapped = order.get(i);
            order.set(i, order.get(other));
            order.set(other, swapped);
        }
        return order;
    }

    private static long ceilDivide(long value, long by) {
        return (value + by - 1) / by;
    }

    /**
     * A shard to write.
     *
     * @param name its file name
     * @param examples its pictures in order
     */
    record PlannedShard(String name, List<SourceExample> examples) implements Serializable {
        PlannedShard {
            examples = new ArrayList<>(examples);
        }
    }
}
