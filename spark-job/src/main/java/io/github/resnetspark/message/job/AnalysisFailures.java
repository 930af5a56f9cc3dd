package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;

/** Why an analysis cannot be made or drawn. */
public final class AnalysisFailures {
    private AnalysisFailures() {}

    public static String noFonts(String why) {
        return "Plots cannot be drawn on this machine because Java finds no fonts (" + ShownText.clause(why)
                + "). Install fonts, such as the packages fontconfig and fonts-dejavu-core.";
    }

    public static String noShortcut() {
        return "model.shortcut is none but the analysis compares networks with and without skip connections. Set it to the"
                + " shortcut of the networks that have them, e.g. A.";
    }

    public static String noValidationSplit(String shards) {
        return ShownText.line(shards)
                + " has no validation split, so there is no test error. Prepare a source that has one.";
    }

    public static String noCommonEpoch(String metrics) {
        return ShownText.line(metrics) + " has no epoch with both a training error and a validation."
                + " Set --out to another directory and train again.";
    }

    public static String classCountDiffers(int network, int shards) {
        return "model.classes is " + network + " but the shards have " + shards + " classes. Set model.classes = "
                + shards + ".";
    }

    public static String tooManySteps(int steps, long minibatches, int batchSize) {
        return "--steps goes up to " + steps + " but an epoch has only " + minibatches
                + (minibatches == 1 ? " minibatch of " : " minibatches of ") + Amounts.counted(batchSize, "picture")
                + ". Set --steps to smaller numbers, or lower train.batch-size-per-replica.";
    }

    /** {@code now} and {@code before}: values, or {@code not set}. */
    public static String trainedDifferently(String key, String now, String model, String before) {
        return key + " is " + now + " but " + ShownText.line(model) + " was trained with " + before
                + ". Set it back, or set --out to another directory.";
    }

    public static String trainedOnOtherShards(String shards, String model) {
        return ShownText.line(shards) + " is not the data set that " + ShownText.line(model)
                + " was trained on. Set data.shards to that data set, or set --out to another directory.";
    }

    /** {@code now} and {@code before}: values, or {@code not set}. */
    public static String computedDifferently(String option, String now, String points, String before) {
        return option + " is " + now + " but the points in " + ShownText.line(points) + " were computed with " + before
                + ". Set it back to use them, set --out to another directory, or add --fresh to compute all points again.";
    }
}
