package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;

import java.time.Duration;

/** Why a file system or a location on it cannot be used. */
public final class StorageFailures {
    private StorageFailures() {}

    public static String noFileSystem(String path, String scheme) {
        return path(path) + " cannot be accessed: this installation has no file system for the scheme '" + scheme
                + "'. Use a location on file: or hdfs:, or add the file system's jar and fs." + scheme
                + ".impl to Spark.";
    }

    /**
     * {@code what} is the setting or the lock whose location it is and {@code scheme} is for example {@code s3a}. The
     * rest of the location may contain a password.
     */
    public static String objectStore(String what, String scheme) {
        return path(what) + " is in an object store (" + scheme
                + ":), which supports neither locks nor atomic renames. Use a location on hdfs: or file:.";
    }

    public static String stillOpen(String file, Duration waited) {
        return path(file) + " is still open for a writer that has ended, and HDFS did not close it within "
                + waited.toSeconds()
                + " s. Check that the DataNodes that store its blocks are up, and run the same command again.";
    }

    /** A name that this process cannot encode. */
    public static String unwritableName(String path, String host, String encoding) {
        return path(path) + " cannot be accessed on " + host + ", where Java encodes file names in " + encoding
                + ". Run with LC_ALL=C.UTF-8 on every machine (spark.executorEnv.LC_ALL=C.UTF-8).";
    }

    /** Names that this process cannot decode though it expects UTF-8. */
    public static String namesNotUtf8(String directory, int names, String host, String example) {
        return undecodable(directory, names, host, "UTF-8", example)
                + ". Rename them to UTF-8, for example with convmv.";
    }

    /** Names that this process cannot decode since it expects another encoding than UTF-8. */
    public static String undecodableNames(String directory, int names, String host, String encoding, String example) {
        return undecodable(directory, names, host, encoding, example)
                + ". Run with LC_ALL=C.UTF-8 on every machine (spark.executorEnv.LC_ALL=C.UTF-8).";
    }

    public static String notEnterable(String directory, String user) {
        return path(directory) + " can be listed but not entered. Give the user " + quoted(user)
                + " permission to enter it (chmod +x).";
    }

    private static String undecodable(String directory, int names, String host, String encoding, String example) {
        return path(directory) + " has " + count(names, "file name", "file names") + " that Java cannot decode as "
                + encoding + " on " + host + ", such as " + quoted(example);
    }
}
