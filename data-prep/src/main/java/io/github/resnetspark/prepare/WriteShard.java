package io.github.resnetspark.prepare;

import io.github.resnetspark.intake.PictureIntake;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.prepare.ShardPlanner.PlannedShard;
import io.github.resnetspark.prepare.ShardResult.ShardSummary;
import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PictureReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The Spark task that writes a shard, or reuses it if an earlier run finished it.
 *
 * @param directory the directory of the shards
 * @param fingerprint of the source and options
 * @param classNames by class number
 * @param rowGroup rows per row group
 * @param pictures how each picture is checked and stored
 * @param sample the pictures from which channel statistics are computed
 * @param reader reads the source's pictures
 * @param configuration the Hadoop configuration
 */
record WriteShard(
        String directory,
        String fingerprint,
        List<String> classNames,
        int rowGroup,
        PictureSettings pictures,
        ChannelSample sample,
        PictureReader reader,
        Broadcast<SerializableConfiguration> configuration)
        implements Function<PlannedShard, ShardResult> {
    @Override
    public ShardResult call(PlannedShard task) throws IOException {
        Configuration hadoop = configuration.value().value();
        ShardDirectory shards = new ShardDirectory(new Path(directory), hadoop);
        Optional<ShardResult> kept = new FinishedShard(shards, task.name(), fingerprint).result();
        if (kept.isPresent()) {
            return kept.get();
        }
        long attempt = TaskContext.get().taskAttemptId();
        try (ShardWriter writer = new ShardWriter(shards, task.name(), attempt, classNames, rowGroup)) {
            PictureIntake intake =
                    new PictureIntake(pictures, Split.ofShardName(task.name()).orElseThrow());
            ShardIntake collector = new ShardIntake(writer, intake, sample, classNames.size());
            reader.read(task.examples(), shards.storage(), collector);
            ShardSummary summary = collector.summary();
            Manifest.Shard shard = writer.commit(
                    Map.of(FooterKeys.FINGERPRINT, fingerprint, FooterKeys.CONTRIBUTION, summary.toJson()));
            return new ShardResult(shard, summary, ShardResult.Origin.WRITTEN);
        }
    }
}
