package io.github.resnetspark.source;

import io.github.resnetspark.shard.ManifestShard;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The task: lists the pictures of one shard, whose checksums are looked at on the way.
 *
 * @param directory where it stands
 * @param labels the new number of each class, by the number that it has in the shard
 * @param configuration how to reach it
 */
record IndexShard(String directory, List<Integer> labels, SerializableConfiguration configuration)
        implements Function<ManifestShard, List<SourceExample>> {
    @Override
    public List<SourceExample> call(ManifestShard shard) throws IOException {
        Path file = new Path(directory, shard.name());
        List<SourceExample> examples = new ArrayList<>();
        try (ShardReader reader = ShardReader.open(file, configuration.value());
                FSDataInputStream in = Storage.of(configuration.value()).open(file)) {
            for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                List<ShardRow> rows = reader.readRowGroup(rowGroup);
                long[] offsets = reader.pictureOffsets(rowGroup, rows);
                for (int i = 0; i < rows.size(); i++) {
                    ShardRow row = rows.get(i);
                    refuseElsewhere(in, offsets[i], row, file);
                    examples.add(new SourceExample(
                            row.path(), labels.get(row.label()), shard.name(), offsets[i], row.bytes().length));
                }
            }
        }
        return examples;
    }

    private static void refuseElsewhere(FSDataInputStream in, long offset, ShardRow row, Path file) throws IOException {
        byte[] length = new byte[Integer.BYTES];
        in.readFully(offset - length.length, length);
        int told = (length[0] & 0xff) | (length[1] & 0xff) << 8 | (length[2] & 0xff) << 16 | (length[3] & 0xff) << 24;
        if (told != row.bytes().length) {
            throw new SourceException(file + " stores its pictures in another way than prepare does: " + row.path()
                    + " is not where it should be. Set prepare.source to shards that prepare has written.");
        }
    }
}
