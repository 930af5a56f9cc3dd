package io.github.resnetspark.job.score;

import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * One row group of a shard.
 *
 * @param shard its file
 * @param rowGroup from 0
 * @param size rows that the manifest says it has
 */
record RowGroupPart(String shard, int rowGroup, int size) implements PicturePart {
    @Override
    public List<NamedPicture> pictures(Storage storage) {
        try (ShardReader reader = ShardReader.open(new Path(shard), storage.configuration())) {
            return reader.readRowGroup(rowGroup).stream()
                    .map(row -> new NamedPicture(row.path(), row::bytes))
                    .toList();
        } catch (IOException e) {
            throw new ShardException(shard + " cannot be closed (" + e.getMessage() + "). Check the file system.", e);
        }
    }
}
