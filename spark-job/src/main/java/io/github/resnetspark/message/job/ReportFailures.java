package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** Why a report cannot be made. */
public final class ReportFailures {
    private ReportFailures() {}

    public static String noRun(String directory) {
        return ShownText.line(directory)
                + " has no metrics.jsonl. Set --run to the model directory of a training, or to its run directory.";
    }

    public static String otherClasses(String file, int classes) {
        return ShownText.line(file) + " has class numbers outside of 0 to " + (classes - 1)
                + ", the classes of training.json. Delete it to get a report without it.";
    }

    public static String damaged(String file) {
        return ShownText.line(file) + " is not readable as JSON. Delete it to get a report without it.";
    }
}
