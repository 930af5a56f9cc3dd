package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;

import io.github.resnetspark.text.ShownText;

/** Why a lock cannot be taken or kept. */
public final class LockFailures {
    private LockFailures() {}

    /** {@code owner} comes from {@link StorageReasons#lockOwner}. */
    public static String held(String lock, String owner) {
        return path(lock) + " is held by " + ShownText.words(owner)
                + ". Wait until that run ends. If there is no such run, delete the file.";
    }

    public static String lost(String lock) {
        return "Lost the lock " + path(lock)
                + ": this process paused for so long that another run took over, or somebody deleted the file. This run"
                + " stops here. Run the same command again when the other run has ended.";
    }
}
