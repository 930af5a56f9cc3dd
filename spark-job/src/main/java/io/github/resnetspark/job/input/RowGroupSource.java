package io.github.resnetspark.job.input;

import io.github.resnetspark.message.job.InputFailures;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import java.io.IOException;
import java.util.List;

/**
 * Reads row groups from the local cache if they are there, else from the shards, and checks those against the manifest.
 */
final class RowGroupSource {
    private final ShardSet shards;
    private final RowGroupFiles files;

    /** @param cache on a local disk, if there is one */
    RowGroupSource(ShardSet shards, MinibatchSource.LocalCache cache) {
        this.shards = shards;
        this.files = new RowGroupFiles(cache, shards.directory());
    }

    /**
     * The rows of one row group.
     *
     * @throws ShardException if its shard cannot be read, or a label is not one of the manifest's classes
     */
    List<ShardRow> read(int shard, int rowGroup) {
        String name = shards.shards().get(shard).sha256() + "-" + rowGroup;
        return files.read(name).orElseGet(() -> {
            List<ShardRow> rows = readShard(shard, rowGroup);
            files.write(name, rows);
            return rows;
        });
    }

    private List<ShardRow> readShard(int shard, int rowGroup) {
        try (ShardReader reader =
                ShardReader.open(shards.path(shard), shards.configuration().value())) {
            List<ShardRow> rows = reader.readRowGroup(rowGroup);
            int expected = shards.shards().get(shard).rowGroups().get(rowGroup);
            if (rows.size() != expected) {
                throw new ShardException(
                        InputFailures.rowCountDiffers(shards.path(shard).toString(), rowGroup, rows.size(), expected));
            }
            for (ShardRow row : rows) {
                if (row.label() < 0 || row.label() >= shards.classes()) {
                    throw new ShardException(InputFailures.unknownLabel(
                            row.path(), shards.path(shard).toString(), row.label(), shards.classes()));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new ShardException(InputFailures.notClosed(shards.path(shard).toString(), e.getMessage()), e);
        }
    }
}
