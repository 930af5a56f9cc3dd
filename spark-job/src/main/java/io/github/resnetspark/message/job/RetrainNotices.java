package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** What a retraining logs. */
public final class RetrainNotices {
    private RetrainNotices() {}

    public static String begins(String registry, String runId) {
        return "Retraining " + ShownText.line(registry) + ", run '" + runId + "'.";
    }

    public static String finishedBefore(String runId) {
        return "Nothing to do: the run '" + runId + "' is finished already.";
    }

    public static String favoursNewModel() {
        return "promote.shards is not set. The new model is compared on the same pictures that its best epoch was chosen on,"
                + " which favours it. Set promote.shards to a separate test set.";
    }

    public static String alreadyTrained() {
        return "The model of this run is trained already.";
    }

    public static String pageNotWritten(String file, String why) {
        return "The report cannot be written to " + ShownText.line(file) + " (" + ShownText.clause(why)
                + "). The decision stands without it. Check the free space and the permissions there.";
    }

    /** {@code why}: a sentence. */
    public static String comparesAgain(String why) {
        return why + " Comparing again.";
    }

    /** {@code why}: a sentence. */
    public static String skipsDamagedRun(String why) {
        return why + " Skipping this run: it is not resumed.";
    }

    /** {@code why}: a sentence. */
    public static String writerUnknown(String why, String shards) {
        return why + " It is unknown whether that run wrote " + ShownText.line(shards)
                + ", so they will not be deleted.";
    }

    public static String notDeleted(String path, String why) {
        return ShownText.line(path) + " was not deleted (" + ShownText.clause(why)
                + "). Check the permissions there. The next run tries again.";
    }

    public static String directoryNotTidied(String runId, String why) {
        return "The directory of the run '" + runId + "' still has files that are no longer needed ("
                + ShownText.clause(why) + ").";
    }

    /** {@code why}: a sentence. */
    public static String nothingPruned(String why) {
        return why + " No old runs and no shards were deleted.";
    }

    public static String runsNotPruned(String model, String why) {
        return "Old runs of " + ShownText.line(model) + " and their shards were not deleted (" + ShownText.clause(why)
                + ").";
    }

    /** {@code why}: a sentence. */
    public static String someVersionsNotPruned(String why, String model) {
        return why + " Some old versions of " + ShownText.line(model) + " were not deleted.";
    }

    public static String versionsNotPruned(String model, String why) {
        return "Old versions of " + ShownText.line(model) + " were not deleted (" + ShownText.clause(why) + ").";
    }
}
