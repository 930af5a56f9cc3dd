package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** Why one picture is not classified. Results and tables show these sentences beside the picture's name. */
public final class PredictionNotices {
    private PredictionNotices() {}

    public static String directory() {
        return "This is a directory, not a picture.";
    }

    public static String device() {
        return "This is a device, not a picture.";
    }

    public static String noSuchFile() {
        return "There is no such file.";
    }

    /** The {@code cause} is what the operating system says. */
    public static String unreadable(String cause) {
        return "The file cannot be read (" + ShownText.clause(cause) + ").";
    }

    public static String tooLong(long bytes, long limit) {
        return "The file has " + bytes + " bytes, more than the limit of " + limit + ".";
    }
}
