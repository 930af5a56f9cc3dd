package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.spark.ShardwiseJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Finds the shards of a finished directory that are missing or differ from its manifest. */
final class DamagedShards {
    private DamagedShards() {}

    /**
     * The names of the damaged shards. Every shard is read in a separate task. A shard that cannot be read at the
     * moment does not count as damaged and fails the task.
     */
    static List<String> find(JavaSparkContext spark, ShardDirectory directory, Manifest manifest) {
        Broadcast<SerializableConfiguration> configuration = spark.broadcast(ShardwiseJob.configuration(spark));
        List<Boolean> whole;
        try {
            whole = new ShardwiseJob(spark, "Checking shards")
                    .run(manifest.shards(), new IsWhole(directory.path().toString(), configuration));
        } finally {
            configuration.destroy();
        }
        List<String> damaged = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            if (!whole.get(i)) {
                damaged.add(manifest.shards().get(i).name());
            }
        }
        return damaged;
    }

    private record IsWhole(String directory, Broadcast<SerializableConfiguration> configuration)
            implements Function<Manifest.Shard, Boolean> {
        @Override
        public Boolean call(Manifest.Shard shard) {
            ShardDirectory shards = new ShardDirectory(
                    new Path(directory), configuration.value().value());
            Path file = shards.file(shard.name());
            try {
                return shards.storage().exists(file)
                        && shards.storage().status(file).getLen() == shard.bytes()
                        && shards.storage().sha256(file).equals(shard.sha256());
            } catch (ChecksumException e) {
                return false;
            } catch (IOException e) {
                throw ShardsUnavailableException.reading(file, e);
            }
        }
    }
}
