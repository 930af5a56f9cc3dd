package io.github.resnetspark.job.dataset;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the page of a complete data set next to its manifest. A failure is one warning: the data set is complete without it. */
public final class DataReport {
    private static final Logger LOG = LoggerFactory.getLogger(DataReport.class);

    private DataReport() {}

    /** What becomes of a page that is there already. */
    public enum Existing {
        /** It is replaced: the data set has changed. */
        REPLACED,
        /** It stays. */
        KEPT
    }

    /**
     * Writes the page, unless it is there and stays.
     *
     * @param recipe with {@code prepare.source}
     * @param shards a complete directory of shards
     */
    public static void write(Recipe recipe, URI shards, Configuration configuration, Existing existing) {
        ShardDirectory directory = new ShardDirectory(new Path(shards), configuration);
        try {
            if (existing == Existing.KEPT && directory.hasPage()) {
                return;
            }
            directory.writePage(document(recipe, directory));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn(CommandNotices.dataPageNotWritten(
                    directory.file(ShardDirectory.PAGE).toString(), e.toString()));
        }
    }

    private static byte[] document(Recipe recipe, ShardDirectory directory) {
        Manifest manifest = directory.readManifest();
        PrepareSettings settings = recipe.prepare().orElseThrow();
        DataSample sample = DataSample.read(directory, manifest);
        InputKind kind = InputKind.of(recipe, sample, manifest.channels());
        return DataPage.of(
                        ShownText.line(directory.path().getName()),
                        manifest,
                        sample,
                        SeenPictures.of(sample.pictures(), kind),
                        RejectedPictures.of(manifest, new Path(settings.source()), directory.storage()))
                .document();
    }
}
