package io.github.resnetspark.source;

import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;

/** Labelled pictures somewhere. */
public interface PictureSource {
    /** How the pictures are arranged; never {@link SourceFormat#AUTO}. */
    SourceFormat format();

    /**
     * The source's files, one line each, so that one source is told from another: by name, length and SHA-256 where they are
     * few, and by name, length and time of modification where they are many.
     */
    List<String> inventory() throws IOException;

    /**
     * Lists every picture with its label.
     *
     * @param staging a directory that does not exist yet, for sources that must be unpacked
     * @param work does what must be done to many files
     * @throws SourceException if labels, lengths or folders are not what they must be
     */
    SourceListing list(Path staging, ParallelWork work) throws IOException;

    /** What the user should know about the source although it can be used. */
    default SourceNotes notes() throws IOException {
        return SourceNotes.NONE;
    }

    /**
     * The source that the settings name.
     *
     * @throws SourceException if it does not exist, or its format cannot be told
     */
    static PictureSource open(PrepareSettings settings, Storage storage) throws IOException {
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

    /**
     * What is odd about a source that can be used all the same.
     *
     * @param passedOver what is not read
     * @param warnings sentences on what may not be meant
     */
    record SourceNotes(PassedOver passedOver, List<String> warnings) {
        /** Nothing is. */
        public static final SourceNotes NONE = new SourceNotes(PassedOver.NONE, List.of());

        public SourceNotes {
            warnings = List.copyOf(warnings);
        }
    }

    /** Does the same to many items at once, wherever there are hands. */
    interface ParallelWork {
        /**
         * Applies a function to each item.
         *
         * @param doing what is done, for the log, such as «Reading archives»
         * @param function travels to where the work is done, as do the items, and the results back
         * @return the results in the order of the items
         */
        <T, R> List<R> run(String doing, List<T> items, Function<T, R> function);
    }
}
