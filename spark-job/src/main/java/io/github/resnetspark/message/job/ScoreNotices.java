package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** What scoring logs, and writes to the column {@code error} of its table. */
public final class ScoreNotices {
    private ScoreNotices() {}

    /** {@code files}: how many of which kind. */
    public static String skipped(String pictures, String files) {
        return ShownText.line(pictures) + ": skipped " + files + ".";
    }

    public static String fileGone() {
        return "The file has disappeared since it was listed, or there is no permission to read it.";
    }

    public static String fileNotReadable() {
        return "There is no permission to read the file.";
    }

    public static String copyNotDeleted(String copy, String reason) {
        return "The copy of a model in " + ShownText.line(copy) + " is not deleted (" + ShownText.clause(reason) + ").";
    }

    public static String noPicture() {
        return "The row has no picture.";
    }

    public static String noPixels(int width, int height, int channels) {
        return "The row has no pixels of a picture (" + width + " × " + height + " with " + channels + " channels).";
    }
}
