package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;

import io.github.resnetspark.text.ShownText;

/** Causes of failed file operations, and owners of locks, as parts of other messages. */
public final class StorageReasons {
    private StorageReasons() {}

    public static String alreadyExists(String file) {
        return path(file) + " already exists";
    }

    public static String notDeleted(String path) {
        return path(path) + " cannot be deleted";
    }

    public static String notRead(String file, String reason) {
        return path(file) + " cannot be read (" + ShownText.clause(reason) + ")";
    }

    /** {@code KnownFailure} recognizes a full disk by these words. */
    public static String notWritten(String file, String reason) {
        return path(file) + " cannot be written (" + ShownText.clause(reason) + ")";
    }

    public static String lockOwner(long process, String host, String since) {
        return "process " + process + " on " + ShownText.start(host) + ", since " + ShownText.start(since);
    }

    public static String unknownLockOwner() {
        return "another run";
    }
}
