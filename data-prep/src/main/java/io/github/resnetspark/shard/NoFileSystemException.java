package io.github.resnetspark.shard;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A place of whose kind this installation knows no file system. The message is a sentence on it and one on what to do. */
public final class NoFileSystemException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFileSystemException(Path path, Exception cause) {
        super(
                path + " cannot be reached: this installation has no file system for "
                        + path.toUri().getScheme()
                        + ". Name a place on file: or hdfs:, or add the file system's jar and fs."
                        + path.toUri().getScheme() + ".impl to Spark.",
                cause);
    }
}
