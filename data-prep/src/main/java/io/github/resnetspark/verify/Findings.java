package io.github.resnetspark.verify;

import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.Split;
import java.io.Serializable;
import java.util.List;

/**
 * What was found in one shard.
 *
 * @param split that it belongs to
 * @param examples rows that were read
 * @param decoded of those, how many were decoded
 * @param perClass rows by class number; labels out of range are not counted
 * @param channels sums over the decoded pictures
 * @param problems one sentence each
 */
record Findings(
        Split split, long examples, long decoded, List<Long> perClass, ChannelSums channels, List<String> problems)
        implements Serializable {
    Findings {
        perClass = List.copyOf(perClass);
        problems = List.copyOf(problems);
    }
}
