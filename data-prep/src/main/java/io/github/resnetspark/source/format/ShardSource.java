package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A finished data set, to be re-sharded with another shard size, order or resize policy. Each shard is read once to
 * find the positions of its pictures. After that, tasks seek to their pictures as in any archive.
 */
final class ShardSource implements PictureSource {
    private final ShardDirectory directory;
    private final Manifest manifest;
    private final List<String> classNames;

    ShardSource(Path folder, Storage storage, List<String> labels) {
        this.directory = new ShardDirectory(folder, storage.configuration());
        this.manifest = directory.readManifest();
        this.classNames = labels.isEmpty() ? manifest.classNames() : labels;
        if (classNames.size() != manifest.classes() || !new HashSet<>(classNames).containsAll(manifest.classNames())) {
            throw new SourceException(SourceFailures.otherShardClasses(folder.toString(), manifest.classes()));
        }
    }

    static boolean looksLikeIt(FileStatus source, Storage storage) throws IOException {
        return source.isDirectory() && new ShardDirectory(source.getPath(), storage.configuration()).hasManifest();
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.SHARDS;
    }

    @Override
    public List<String> inventory() {
        return manifest.shards().stream()
                .map(shard -> shard.name() + " " + shard.bytes() + " " + shard.sha256())
                .toList();
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        List<Integer> labels =
                manifest.classNames().stream().map(classNames::indexOf).toList();
        List<List<SourceExample>> examples = work.run(
                "Listing shards",
                manifest.shards(),
                new IndexShard(
                        directory.path().toString(),
                        new ArrayList<>(labels),
                        new SerializableConfiguration(
                                new Configuration(directory.storage().configuration()))));
        List<SourceExample> train = new ArrayList<>();
        List<SourceExample> validation = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Manifest.Shard shard = manifest.shards().get(i);
            (shard.split() == Split.TRAIN ? train : validation).addAll(examples.get(i));
        }
        return new SourceListing(
                classNames,
                train,
                validation,
                new FileRangeReader(directory.path().toString()));
    }

    /**
     * The Spark task that lists the pictures of one shard and verifies its checksums on the way.
     *
     * @param directory the directory of the shard
     * @param labels the new number of each class, indexed by its number in the shard
     * @param configuration the Hadoop configuration
     */
    private record IndexShard(String directory, List<Integer> labels, SerializableConfiguration configuration)
            implements Function<Manifest.Shard, List<SourceExample>> {
        @Override
        public List<SourceExample> call(Manifest.Shard shard) throws IOException {
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

        private static void refuseElsewhere(FSDataInputStream in, long offset, ShardRow row, Path file)
                throws IOException {
            byte[] length = new byte[Integer.BYTES];
            in.readFully(offset - length.length, length);
            int told =
                    (length[0] & 0xff) | (length[1] & 0xff) << 8 | (length[2] & 0xff) << 16 | (length[3] & 0xff) << 24;
            if (told != row.bytes().length) {
                throw new SourceException(SourceFailures.foreignShardLayout(file.toString(), row.path()));
            }
        }
    }
}
