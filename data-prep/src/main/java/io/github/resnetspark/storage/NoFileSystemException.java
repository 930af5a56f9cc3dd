package io.github.resnetspark.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A place of whose kind this installation knows no file system. The message is a sentence on it and one on what to do. */
public final class NoFileSystemException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFileSystemException(Path path, Configuration configuration, Exception cause) {
        super(message(path, scheme(path, configuration)), cause);
    }

    private static String scheme(Path path, Configuration configuration) {
        String scheme = path.toUri().getScheme();
        return scheme != null ? scheme : FileSystem.getDefaultUri(configuration).getScheme();
    }

    private static String message(Path path, String scheme) {
        return path + " cannot be reached: this installation has no file system for " + scheme
                + ". Name a place on file: or hdfs:, or add the file system's jar and fs." + scheme + ".impl to Spark.";
    }
}
