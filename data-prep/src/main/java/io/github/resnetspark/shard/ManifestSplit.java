package io.github.resnetspark.shard;

import java.io.Serializable;
import java.util.List;

/**
 * How many pictures of each class a split has.
 *
 * @param split which one
 * @param examples all of them
 * @param perClass by class number; adds up to {@code examples}
 */
public record ManifestSplit(Split split, long examples, List<Long> perClass) implements Serializable {
    public ManifestSplit {
        perClass = List.copyOf(perClass);
    }
}
