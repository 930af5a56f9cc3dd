package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a model directory cannot be read or written. */
public final class BundleFailures {
    private static final String EXPORT_AGAIN = " Export the model again.";

    private BundleFailures() {}

    public static String notADirectory(String directory) {
        return ShownText.line(directory) + " is not a directory. Give a model directory that train or import wrote.";
    }

    /** The {@code list} is the name of the file that lists all others. */
    public static String noChecksums(String directory, String list) {
        return ShownText.line(directory) + " has no " + list
                + ", so it is not a complete model. Give a model directory that train or import wrote.";
    }

    /**
     * Files are missing, changed or not listed.
     *
     * @param reasons one for each file, of {@link BundleReasons}
     */
    public static String changed(String directory, List<String> reasons) {
        return directory + " is incomplete or damaged: " + ShownText.first(reasons)
                + ". Copy the complete directory again from the place it was written to.";
    }

    /** The {@code reason} is one of {@link BundleReasons}. */
    public static String badChecksumLine(String file, String reason) {
        return file + " is damaged: " + reason
                + ". Copy the complete directory again from the place it was written to.";
    }

    /** The {@code problem} is a whole message, e.g. {@link #labelCount}. */
    public static String inconsistent(String directory, String problem) {
        return directory + " is inconsistent. " + problem;
    }

    public static String labelCount(int labels, int classes) {
        return "There are " + count(labels, "label") + " for " + count(classes, "class", "classes")
                + ". Give exactly one label for each class.";
    }

    public static String labelOfSeveralLines(String label) {
        return "The label '" + ShownText.start(label)
                + "' is not one line of text. Give each class a name of one line.";
    }

    public static String inputSize(int preprocessed, int network) {
        return "The preprocessing produces pictures of " + preprocessed + " pixels, but the network takes " + network
                + " pixels. Make both sizes the same.";
    }

    public static String notAJsonObject(String file) {
        return file + " does not contain a JSON object. Write one JSON object.";
    }

    public static String notUtf8(String file) {
        return file + " is not UTF-8 text." + EXPORT_AGAIN;
    }

    /** The description of the network cannot be used. */
    public static String unreadableDescription(String file) {
        return file + " does not contain a JSON object." + otherRelease();
    }

    /** The version is {@code written} as JSON, and empty if it is missing. */
    public static String formatVersion(String file, String written, int newest) {
        String found =
                written.isEmpty() ? " has no format version" : " has the format version " + ShownText.start(written);
        return file + found + ", but this release reads versions 1 to " + newest + "." + otherRelease();
    }

    /** The {@code reasons} are of {@link BundleReasons}. */
    public static String description(String file, List<String> reasons) {
        return file + ": " + String.join(", ", reasons) + "." + otherRelease();
    }

    /** The {@code problem} is a whole message about the network's parameters. */
    public static String impossibleNetwork(String file, String problem) {
        return file + " does not describe a possible network: " + problem;
    }

    private static String otherRelease() {
        return " Export the model again, or use the release that wrote it.";
    }

    public static String notAZip(String file, String cause) {
        return file + " is not a zip file (" + ShownText.clause(cause) + ")." + EXPORT_AGAIN;
    }

    public static String zipEntries(String file, List<String> found, List<String> expected) {
        return file + " contains the entries ["
                + ShownText.first(found.stream().map(ShownText::start).toList()) + "], but a network file contains "
                + expected + " and nothing else." + EXPORT_AGAIN;
    }

    public static String truncatedWeights(String file) {
        return file + " is damaged or truncated within its weights." + EXPORT_AGAIN;
    }

    /**
     * The weights are those of another network.
     *
     * @param network what the description says it is
     * @param description the file that says so
     * @param reason what differs, of {@link BundleReasons}
     */
    public static String otherWeights(String file, String network, int classes, String description, String reason) {
        return file + " is not the " + network + " with " + count(classes, "class", "classes") + " that " + description
                + " describes: it " + reason + "." + EXPORT_AGAIN;
    }

    /** The {@code reason} is one of {@link OnnxReasons}. */
    public static String otherNetwork(String file, String reason) {
        return file + " does not compute the same as the model: " + reason + "." + EXPORT_AGAIN;
    }

    /** The {@code problem} is a whole message. */
    public static String doesNotLoad(String file, String problem) {
        return file + " does not load. " + problem;
    }

    public static String modelExists(String directory) {
        return ShownText.line(directory) + " already has a model, and a model is never overwritten."
                + " Use another directory, or delete this one.";
    }

    public static String notEmpty(String directory) {
        return ShownText.line(directory) + " already exists and is not empty. Use a directory that does not exist yet.";
    }

    private static String count(int number, String one) {
        return count(number, one, one + "s");
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
