package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Split;
import java.util.ArrayList;
import java.util.List;

/** Describes a subset of a long list of shards. */
final class ShardRanges {
    private ShardRanges() {}

    /**
     * Such as {@code train 0-6, 9; validation 0}.
     *
     * @param all all shards, in order within each split
     * @param meant the subset
     */
    static String of(List<Manifest.Shard> all, List<Manifest.Shard> meant) {
        List<String> splits = new ArrayList<>();
        for (Split split : Split.values()) {
            List<Manifest.Shard> ofSplit =
                    all.stream().filter(shard -> shard.split() == split).toList();
            String ranges = ranges(ofSplit, meant);
            if (!ranges.isEmpty()) {
                splits.add(split.key() + " " + ranges);
            }
        }
        return String.join("; ", splits);
    }

    private static String ranges(List<Manifest.Shard> shards, List<Manifest.Shard> meant) {
        List<String> ranges = new ArrayList<>();
        int first = 0;
        while (first < shards.size()) {
            int end = first;
            while (end < shards.size() && meant.contains(shards.get(end))) {
                end++;
            }
            if (end > first) {
                ranges.add(end - first == 1 ? "" + first : first + "-" + (end - 1));
            }
            first = end + 1;
        }
        return String.join(", ", ranges);
    }
}
