package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;

import io.github.resnetspark.text.ShownText;
import java.time.Duration;

/** What is logged about files and locks. */
public final class StorageNotices {
    private StorageNotices() {}

    public static String waitingForClose(String file, Duration longest) {
        return path(file) + " was left open by a writer that has ended. Waiting up to " + longest.toSeconds()
                + " s for HDFS to close it.";
    }

    public static String waitingForOwner(String lock) {
        return "The lock " + path(lock) + " exists. Waiting to see whether its owner is alive.";
    }

    public static String takingOver(String lock, String owner) {
        return "Taking over the stale lock " + path(lock) + ": its owner (" + ShownText.clause(owner) + ") is dead.";
    }

    public static String renewalFailed(String lock, String reason) {
        return "The lock " + path(lock) + " cannot be renewed (" + ShownText.clause(reason)
                + "). Trying again. If this continues, another run may take it over.";
    }

    public static String lockLost(String lock) {
        return "Lost the lock " + path(lock)
                + ": another run took it over, or the file was deleted. This run will stop.";
    }
}
