package io.github.resnetspark.message.job;

import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;

/** Why a checkpoint cannot be written or read, and why a run cannot be resumed from it. */
public final class CheckpointFailures {
    private static final String FRESH = "add --fresh to start a new run and keep the old one under another name.";
    private static final String OTHER_MODEL = ", or set model.dir to another location.";

    private CheckpointFailures() {}

    public static String notWritten(String checkpoint, String why) {
        return "The checkpoint " + ShownText.line(checkpoint) + " cannot be written: " + FullStop.added(why)
                + " Run the same command again to resume from the previous checkpoint.";
    }

    public static String notReadable(String checkpoint, String why) {
        return "The checkpoint " + ShownText.line(checkpoint) + " cannot be read at the moment ("
                + ShownText.clause(why)
                + "). Check the file system and its permissions, and run the same command again.";
    }

    public static String allDamaged(int checkpoints, String directory) {
        return (checkpoints == 1 ? "The only checkpoint" : "All " + checkpoints + " checkpoints") + " in "
                + ShownText.line(directory) + (checkpoints == 1 ? " is" : " are")
                + " damaged. The log says how. Restore one from a backup, or " + FRESH;
    }

    public static String newerFormat(String checkpoint, int version, int newestSupported) {
        return ShownText.line(checkpoint) + " has format version " + version + ", but this release supports at most "
                + newestSupported + ". Use a newer release, or " + FRESH;
    }

    /** The values may be {@code not set}. */
    public static String settingChanged(String key, String before, String now, String run) {
        return changedSince(key, before, now, run) + " Set it back to resume that run, or " + FRESH;
    }

    public static String epochsLowered(String key, String before, String now, String run) {
        return changedSince(key, before, now, run) + " Set it to " + before + " or more to resume that run, or "
                + FRESH;
    }

    private static String changedSince(String key, String before, String now, String run) {
        return key + " is " + now + " but was " + before + " when the run in " + ShownText.line(run) + " was started.";
    }

    /** Takes the SHA-256 of both manifests. */
    public static String dataChanged(String before, String now, String run) {
        return "The data set in data.shards is not the one that the run in " + ShownText.line(run)
                + " was started with: its manifest has the SHA-256 " + now + ", not " + before
                + ". Set data.shards to the original data set to resume that run, or " + FRESH;
    }

    /** The values may be {@code not set}. */
    public static String modelSettingDiffers(String key, String before, String now, String model) {
        return key + " is " + now + " but was " + before + " when the model in " + ShownText.line(model)
                + " was trained. Set it back" + OTHER_MODEL;
    }

    /** Takes the SHA-256 of both manifests. */
    public static String modelDataDiffers(String before, String now, String model) {
        return "The data set in data.shards is not the one that the model in " + ShownText.line(model)
                + " was trained on: its manifest has the SHA-256 " + now + ", not " + before
                + ". Set data.shards to the original data set" + OTHER_MODEL;
    }
}
