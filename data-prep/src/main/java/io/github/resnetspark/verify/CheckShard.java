package io.github.resnetspark.verify;

import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.ManifestShard;
import io.github.resnetspark.shard.ShardDirectory;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The task: checks one shard.
 *
 * @param directory where shards stand
 * @param formatVersion that they must have, as the manifest says
 * @param fingerprint that their footers must have
 * @param classes how many there are
 * @param decoding which pictures to decode
 * @param sample of the pictures that the manifest's channels are computed on
 * @param configuration how to reach files
 */
record CheckShard(
        String directory,
        int formatVersion,
        String fingerprint,
        int classes,
        Decoding decoding,
        ChannelSample sample,
        Broadcast<SerializableConfiguration> configuration)
        implements Function<ManifestShard, Findings> {
    @Override
    public Findings call(ManifestShard shard) {
        ShardDirectory shards =
                new ShardDirectory(new Path(directory), configuration.value().value());
        return new ShardCheck(shards, shard, formatVersion, fingerprint, classes, decoding, sample).findings();
    }
}
