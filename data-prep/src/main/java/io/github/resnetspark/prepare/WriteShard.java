package io.github.resnetspark.prepare;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.ManifestShard;
import io.github.resnetspark.shard.Quarantined;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.source.PictureReader;
import io.github.resnetspark.source.PictureSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The task: writes a shard, or keeps it if an earlier run finished it.
 *
 * @param directory where shards stand
 * @param fingerprint of the source and options
 * @param classNames by class number
 * @param rowGroup rows per row group
 * @param reader of the source's pictures
 * @param configuration how to reach files
 */
record WriteShard(
        String directory,
        String fingerprint,
        List<String> classNames,
        int rowGroup,
        PictureReader reader,
        Broadcast<SerializableConfiguration> configuration)
        implements Function<ShardTask, ShardResult> {
    @Override
    public ShardResult call(ShardTask task) throws IOException {
        Configuration hadoop = configuration.value().value();
        ShardDirectory shards = new ShardDirectory(new Path(directory), hadoop);
        Optional<ShardResult> kept = new FinishedShard(shards, task.name(), fingerprint).result();
        if (kept.isPresent()) {
            return kept.get();
        }
        long attempt = TaskContext.get().taskAttemptId();
        try (ShardWriter writer = new ShardWriter(shards, task.name(), attempt, classNames, rowGroup)) {
            Collector collector = new Collector(writer, classNames.size());
            reader.read(task.examples(), shards.storage(), collector);
            Contribution contribution = collector.contribution();
            ManifestShard shard = writer.commit(
                    Map.of(FooterKeys.FINGERPRINT, fingerprint, FooterKeys.CONTRIBUTION, contribution.toJson()));
            return new ShardResult(shard, contribution, ShardResult.Origin.WRITTEN);
        }
    }

    private static final class Collector implements PictureSink {
        private final ShardWriter writer;
        private final long[] perClass;
        private final ChannelSums.Builder channels = new ChannelSums.Builder();
        private final List<Quarantined> quarantined = new ArrayList<>();

        Collector(ShardWriter writer, int classes) {
            this.writer = writer;
            this.perClass = new long[classes];
        }

        @Override
        public void accept(ShardRow row, RgbImage decoded) throws IOException {
            writer.write(row);
            perClass[row.label()]++;
            channels.add(decoded);
        }

        @Override
        public void reject(Quarantined picture) {
            quarantined.add(picture);
        }

        Contribution contribution() {
            return new Contribution(Arrays.stream(perClass).boxed().toList(), channels.build(), quarantined);
        }
    }
}
