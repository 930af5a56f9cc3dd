package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** Why a retraining does not begin, resume or finish. */
public final class RetrainFailures {
    private RetrainFailures() {}

    /** {@code owner}: the owner of the lock. */
    public static String locked(String registry, String owner) {
        return "Another run is retraining " + ShownText.line(registry) + " (" + ShownText.clause(owner)
                + "). Wait until that run ends.";
    }

    /** {@code signal}: such as {@code SIGTERM}. */
    public static String stoppedAfterTraining(String signal) {
        return "Stopped by " + signal
                + " after the model was trained. Run the same command again to compare it with the"
                + " current version.";
    }

    /** {@code now} and {@code before}: values, or {@code not set}. */
    public static String otherSetting(String key, String now, String before, String runId) {
        return key + " is " + now + " but was " + before + " when the run '" + ShownText.start(runId)
                + "' began. Set it back to resume that run, or set --run-id to another name.";
    }

    /** {@code obstacle}: the version's network and why it does not fit. */
    public static String otherNetwork(String version, String registry, String obstacle) {
        return "Version " + version + " of " + ShownText.line(registry) + " is a " + obstacle
                + ". Set retrain.start = scratch for the first run with another network.";
    }

    /** {@code file}: relative to the registry. */
    public static String notAJsonObject(String file, int line) {
        return ShownText.line(file) + " is damaged: it is not a JSON object (line " + line
                + "). Correct the file, or delete the directory of that run.";
    }
}
