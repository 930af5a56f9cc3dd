package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The shards that a preparation wrote to a local folder.
 *
 * @param folder of the shards
 */
record WrittenShards(Path folder) {
    private ShardDirectory directory() {
        return new ShardDirectory(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    }

    Manifest manifest() {
        return directory().readManifest();
    }

    /** All rows of a split, in order. */
    List<ShardRow> rows(Split split) throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        for (Manifest.Shard shard : manifest().shards(split)) {
            try (ShardReader reader = ShardReader.open(directory().file(shard.name()), new Configuration())) {
                for (int group = 0; group < reader.rowGroups(); group++) {
                    rows.addAll(reader.readRowGroup(group));
                }
            }
        }
        return rows;
    }
}
