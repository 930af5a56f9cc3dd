package io.github.resnetspark.job.plan;

import java.io.Serializable;

/**
 * One row group of one shard of a split: the unit of reading.
 *
 * @param shard index of the shard within its split, from 0
 * @param index index of the row group within its shard, from 0
 * @param rows number of examples in it, at least 1
 */
public record RowGroup(int shard, int index, int rows) implements Serializable {
    public RowGroup {
        if (shard < 0 || index < 0) {
            throw new IllegalArgumentException(
                    "Shard " + shard + ", row group " + index + " is not in a split: both are counted from 0.");
        }
        if (rows < 1) {
            throw new IllegalArgumentException(
                    "Row group " + index + " of shard " + shard + " has " + rows + " rows but must have at least 1.");
        }
    }
}
