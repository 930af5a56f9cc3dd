package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The shards of one split, as an executor needs them.
 *
 * @param directory that contains them
 * @param shards in the order of the manifest, in which the plan numbers the examples
 * @param classes number of classes
 * @param configuration how to reach the file system
 */
public record ShardSet(
        String directory, List<Manifest.Shard> shards, int classes, SerializableConfiguration configuration)
        implements Serializable {

    /**
     * The shards of one split of a prepared directory.
     *
     * @param configuration how executors reach the file system
     */
    public static ShardSet of(Manifest manifest, Split split, ShardDirectory directory, Configuration configuration)
            throws IOException {
        return new ShardSet(
                // The working directory of executors differs from that of the driver.
                directory.storage().qualified(directory.path()).toString(),
                manifest.shards(split),
                manifest.classes(),
                new SerializableConfiguration(configuration));
    }

    /** All row groups, shard by shard. */
    public List<RowGroup> rowGroups() {
        List<RowGroup> groups = new ArrayList<>();
        for (int shard = 0; shard < shards.size(); shard++) {
            List<Integer> rows = shards.get(shard).rowGroups();
            for (int group = 0; group < rows.size(); group++) {
                groups.add(new RowGroup(shard, group, rows.get(group)));
            }
        }
        return List.copyOf(groups);
    }

    Path path(int shard) {
        return new Path(directory, shards.get(shard).name());
    }
}
