package io.github.resnetspark.source.format;

import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Which class reads which format, and which format a source has that nobody named. */
public final class PictureSources {
    private PictureSources() {}

    /**
     * The source that the settings name.
     *
     * @throws SourceException if it does not exist, or its format cannot be told
     */
    public static PictureSource open(PrepareSettings settings, Storage storage) throws IOException {
        Path root = new Path(settings.source());
        FileStatus status;
        try {
            status = storage.status(root);
        } catch (FileNotFoundException e) {
            throw new SourceException(
                    storage.qualified(root) + " does not exist. Set prepare.source to the folder or archive that holds "
                            + "the pictures.",
                    e);
        }
        SourceFormat format = settings.format() == SourceFormat.AUTO ? detect(status, storage) : settings.format();
        return switch (format) {
            case CIFAR10 -> new Cifar10Source(status, storage, settings.labels());
            case ILSVRC2012 -> new Ilsvrc2012Source(status, storage, settings);
            case SHARDS -> new ShardSource(status.getPath(), storage, settings.labels());
            case AUTO, CLASS_FOLDERS -> new ClassFolderSource(status.getPath(), storage, settings);
        };
    }

    private static SourceFormat detect(FileStatus status, Storage storage) throws IOException {
        if (ShardSource.looksLikeIt(status, storage)) {
            return SourceFormat.SHARDS;
        }
        if (Ilsvrc2012Files.looksLikeIt(status, storage)) {
            return SourceFormat.ILSVRC2012;
        }
        if (Cifar10Source.looksLikeIt(status, storage)) {
            return SourceFormat.CIFAR10;
        }
        if (FolderLayout.isIn(status, storage)) {
            return SourceFormat.CLASS_FOLDERS;
        }
        FolderLayout.hint(status, storage).ifPresent(hint -> {
            throw new SourceException(status.getPath() + " has no folder «train». " + hint);
        });
        throw new SourceException(status.getPath() + " is no source that is known: it has neither a folder «train» nor "
                + "ILSVRC2012's archives nor CIFAR-10's .bin files nor the manifest of shards, and is no .tar, .tar.gz or .tar.xz of the last. "
                + "Set prepare.source to one that is, and prepare.format to what it should be to be told more.");
    }
}
