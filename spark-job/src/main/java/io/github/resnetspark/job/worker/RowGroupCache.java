package io.github.resnetspark.job.worker;

import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The row groups that were read last, encoded as they lie on disk. For one thread. */
final class RowGroupCache {
    private final ShardSet shards;
    private final Map<Long, List<ShardRow>> groups;

    /** @param capacity row groups to hold; what is used longest ago goes first */
    RowGroupCache(ShardSet shards, int capacity) {
        this.shards = shards;
        this.groups = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, List<ShardRow>> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * One stored picture.
     *
     * @throws ShardException if its shard cannot be read, or its label is none of the manifest's classes
     */
    ShardRow row(int shard, int rowGroup, int row) {
        List<ShardRow> rows = groups.get(key(shard, rowGroup));
        if (rows == null) {
            rows = read(shard, rowGroup);
            groups.put(key(shard, rowGroup), rows);
        }
        return rows.get(row);
    }

    private List<ShardRow> read(int shard, int rowGroup) {
        try (ShardReader reader =
                ShardReader.open(shards.path(shard), shards.configuration().value())) {
            List<ShardRow> rows = reader.readRowGroup(rowGroup);
            int expected = shards.shards().get(shard).rowGroups().get(rowGroup);
            if (rows.size() != expected) {
                throw new ShardException(shards.path(shard) + " has " + rows.size() + " rows in row group " + rowGroup
                        + " but the manifest says " + expected + ". Run verify, then prepare the shards again.");
            }
            for (ShardRow row : rows) {
                if (row.label() < 0 || row.label() >= shards.classes()) {
                    throw new ShardException(row.path() + " in " + shards.path(shard) + " has the label " + row.label()
                            + " but the manifest has " + shards.classes()
                            + " classes. Run verify, then prepare the shards again.");
                }
            }
            return rows;
        } catch (IOException e) {
            throw new ShardException(
                    shards.path(shard) + " cannot be closed (" + e.getMessage() + "). Check the file system.", e);
        }
    }

    private static long key(int shard, int rowGroup) {
        return (long) shard << 32 | rowGroup;
    }
}
