package io.github.resnetspark.message.job;

import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a command refuses its options, or cannot report how it ended. */
public final class CommandFailures {
    private static final String AFTER_LOSSES = "Spark ended before the command did, after it had lost executors. ";
    private static final String RUN_AGAIN = " Run the same command again: a training resumes from its last checkpoint.";

    private CommandFailures() {}

    /** Follows what is wrong with a command line. */
    public static String seeHelp(String command) {
        return "Run " + command + " --help to see its options.";
    }

    /** Follows an error that was not written for users. */
    public static String seeStackTrace() {
        return "Add --verbose to see where the error comes from.";
    }

    /** The jar for the Spark that was found is another one. */
    public static String jarForOtherSpark(String required, String found, String jar, String build) {
        return wrongSpark(required, found) + " Use " + jar + ", which is built with: " + build;
    }

    /** There is no jar for the Spark that was found. */
    public static String jarForOtherSpark(String required, String found) {
        return wrongSpark(required, found) + " Run it on " + required + ".";
    }

    private static String wrongSpark(String required, String found) {
        return "This jar of resnet-spark is for " + required + " but runs on " + found + ".";
    }

    public static String folderExists(String folder) {
        return ShownText.line(folder) + " already exists. Set --dir to a folder that does not.";
    }

    public static String topTooSmall(int top) {
        return "--top is " + top + " but must be at least 1. Leave it out for the five most probable classes.";
    }

    public static String batchTooSmall(int batch) {
        return "--batch is " + batch + " but must be at least 1. Set it to the pictures per minibatch, e.g. 128.";
    }

    public static String keepsTooFew(int copies) {
        return "--keep is " + copies
                + " but must be at least 1. Leave it out to keep one earlier copy, which a service may still be reading.";
    }

    public static String notALocalDirectory(String option, String place) {
        return option + " is " + place + " but must be a local directory. Set it to a path such as /models/flowers.";
    }

    public static String exclusive(List<String> options) {
        return String.join(" and ", options) + " cannot be combined. Use one of them at a time.";
    }

    public static String notKeyAndValue(String text) {
        return "--compare has '" + ShownText.start(text)
                + "', which is not KEY=VALUE. Write keys of the section model, e.g. depth=56,shortcut=none.";
    }

    public static String unknownPlotFormat(String file) {
        return "--schedule is " + ShownText.line(file)
                + " but must end in .svg, .png or .csv. Use such a file name, e.g. learning-rate.svg.";
    }

    public static String noFolderForPlot(String file, String folder) {
        return "--schedule is " + ShownText.line(file) + " but the folder " + ShownText.line(folder)
                + " does not exist. Create it, or use a folder that exists.";
    }

    public static String stepsWithoutStart(List<Integer> steps) {
        return "--steps is " + steps + " but must include 0, the start, and no smaller number. Write e.g. 0,20,100.";
    }

    public static String wrongDimensions(int dimensions) {
        return "--dimensions is " + dimensions + " but must be 1 or 2. Use 1 for a line or 2 for a map.";
    }

    public static String wrongPoints(int points) {
        return "--points is " + points
                + " but must be odd and at least 3, because the network itself is the point in the"
                + " middle. Set it to e.g. 41.";
    }

    public static String wrongReach(double reach) {
        return "--reach is " + reach + " but must be above 0. Set it to e.g. 1.";
    }

    public static String wrongExamples(int examples) {
        return "--examples is " + examples + " but must be at least 1. Set it to e.g. 512.";
    }

    public static String wrongHighestDrawn(double loss) {
        return "--highest-drawn is " + loss + " but must be a number above 0. Set it to e.g. 10.";
    }

    public static String noNameForServer(String end) {
        return "--model ends in '" + ShownText.start(end)
                + "', which says nothing about the model. Add --name with a name for the server, e.g. --name flowers.";
    }

    public static String onlyForTriton(String option, String value) {
        return option + " is " + ShownText.start(value)
                + " but only has a meaning with --layout triton. Leave it out, or add --layout triton.";
    }

    public static String noNormalization() {
        return "data.mean and data.std are not both set, and a file of weights does not have them. Add the values that the"
                + " weights were trained with, e.g. --set 'data.mean=[0.485, 0.456, 0.406]'"
                + " --set 'data.std=[0.229, 0.224, 0.225]'.";
    }

    public static String labelsNotReadable(String file) {
        return ShownText.line(file)
                + " cannot be read as UTF-8 text. Set --labels to a file with one class name per line.";
    }

    public static String sparkEnded() {
        return "Spark ended before the command did, as when the cluster manager ends the application or somebody kills it."
                + " Look for the reason in the cluster manager's log. If it is the memory of executors, raise"
                + " spark.executor.memoryOverhead." + RUN_AGAIN;
    }

    /** {@code explanation}: sentences about the last lost executor, with a remedy. */
    public static String sparkEndedAfterLosses(String explanation) {
        return AFTER_LOSSES + explanation + RUN_AGAIN;
    }

    /** {@code reason}: what Spark said about the last lost executor. */
    public static String sparkEndedAfterUnknownLosses(String reason) {
        return AFTER_LOSSES + "The last one: " + FullStop.added(ShownText.words(reason))
                + " Look for the reason in the cluster manager's log." + RUN_AGAIN;
    }

    public static String resultNotWritable(String file, String why) {
        return "--result " + file + " cannot be written (" + ShownText.clause(why)
                + "). Set --result to a file that this command may write, e.g. file:/tmp/result.json.";
    }

    /** {@code why}: a sentence. */
    public static String resultNotWritten(String file, String why) {
        return "The result could not be written to " + file + ": " + why
                + " Check the file system and run the command again.";
    }
}
