package io.github.resnetspark.source.format;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.intake.PictureIntake;
import io.github.resnetspark.intake.PictureIntake.StoredPicture;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PictureReader.PictureSink;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;

/** Lists and reads a source as the job does, but without Spark. */
final class SourceCase implements PictureSink {
    static final Storage STORAGE = Storage.of(new Configuration());

    /** Runs work sequentially in this process. */
    static final ParallelWork HERE = new ParallelWork() {
        @Override
        public <T, R> List<R> run(String doing, List<T> items, Function<T, R> function) {
            List<R> results = new ArrayList<>();
            for (T item : items) {
                try {
                    results.add(function.call(item));
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return results;
        }
    };

    private final PictureIntake intake = new PictureIntake(PictureSettings.DEFAULT, Split.TRAIN);
    final List<ShardRow> rows = new ArrayList<>();
    final List<RgbImage> images = new ArrayList<>();
    final List<Quarantined> rejected = new ArrayList<>();

    static PictureSource open(Path root, SourceFormat format, List<String> labels) throws IOException {
        return PictureSources.open(
                new PrepareSettings(root.toUri().toString(), format, 1 << 20, 256, 1, 0, labels), STORAGE);
    }

    /** The default settings with synset files. */
    static PrepareSettings settings(Path root, SynsetFiles synsets) {
        return new PrepareSettings(
                root.toUri().toString(),
                SourceFormat.AUTO,
                PrepareSettings.DEFAULT_SHARD_SIZE,
                PrepareSettings.DEFAULT_ROW_GROUP,
                1,
                0,
                List.of(),
                PictureSettings.DEFAULT,
                synsets);
    }

    static SourceListing list(Path root, Path staging) throws IOException {
        return open(root, SourceFormat.AUTO, List.of()).list(new org.apache.hadoop.fs.Path(staging.toUri()), HERE);
    }

    static SourceCase read(SourceListing listing, List<SourceExample> examples) throws IOException {
        SourceCase sink = new SourceCase();
        listing.reader().read(examples, STORAGE, sink);
        return sink;
    }

    @Override
    public void encoded(String path, int label, byte[] encoded) {
        try {
            store(path, label, intake.take(encoded, PictureIntake.Pixels.WANTED));
        } catch (ImageException e) {
            reject(new Quarantined(path, e.getMessage()));
        }
    }

    @Override
    public void pixels(String path, int label, RgbImage image) {
        store(path, label, intake.take(image, PictureIntake.Pixels.WANTED));
    }

    private void store(String path, int label, StoredPicture picture) {
        rows.add(new ShardRow(picture.bytes(), path, label, picture.width(), picture.height()));
        images.add(picture.decoded().orElseThrow());
    }

    @Override
    public void reject(Quarantined picture) {
        rejected.add(picture);
    }
}
