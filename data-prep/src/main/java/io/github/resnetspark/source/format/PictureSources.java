package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.table.TableSource;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Chooses the class that reads a format, and detects the format of a source. */
public final class PictureSources {
    private PictureSources() {}

    /**
     * The source that the settings name.
     *
     * @throws SourceException if it does not exist, or its format cannot be detected
     */
    public static PictureSource open(PrepareSettings settings, Storage storage) throws IOException {
        if (settings.format() == SourceFormat.TABLE) {
            return new TableSource(settings, storage);
        }
        Path root = new Path(settings.source());
        FileStatus status;
        try {
            status = storage.status(root);
        } catch (FileNotFoundException e) {
            throw new SourceException(
                    SourceFailures.missing(storage.qualified(root).toString()), e);
        }
        SourceFormat format =
                settings.format() == SourceFormat.AUTO ? detect(status, storage, settings) : settings.format();
        return switch (format) {
            case CIFAR10 -> new Cifar10Source(status, storage, settings.labels());
            case ILSVRC2012 -> new Ilsvrc2012Source(status, storage, settings);
            case TABLE -> new TableSource(settings, storage);
            case SHARDS -> new ShardSource(status.getPath(), storage, settings.labels());
            case AUTO, CLASS_FOLDERS -> new ClassFolderSource(status.getPath(), storage, settings);
        };
    }

    private static SourceFormat detect(FileStatus status, Storage storage, PrepareSettings settings)
            throws IOException {
        if (ShardSource.looksLikeIt(status, storage)) {
            return SourceFormat.SHARDS;
        }
        if (Ilsvrc2012Files.looksLikeIt(status, storage)) {
            return SourceFormat.ILSVRC2012;
        }
        if (Cifar10Source.looksLikeIt(status, storage)) {
            return SourceFormat.CIFAR10;
        }
        if (FolderLayout.isIn(status, storage)
                || (settings.validationShare() > 0 && FolderLayout.isUnsplit(status, storage))) {
            return SourceFormat.CLASS_FOLDERS;
        }
        if (TableSource.looksLikeIt(status)) {
            return SourceFormat.TABLE;
        }
        throw new SourceException(FolderLayout.noSplits(status, storage)
                .orElseGet(() -> SourceFailures.unknownFormat(status.getPath().toString())));
    }
}
