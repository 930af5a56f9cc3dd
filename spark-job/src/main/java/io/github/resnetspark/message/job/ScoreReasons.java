package io.github.resnetspark.message.job;

/** Why one picture is not scored: sentences in the column {@code error} of the table. */
public final class ScoreReasons {
    private ScoreReasons() {}

    public static String fileGone() {
        return "The file has disappeared since it was listed, or there is no permission to read it.";
    }

    public static String fileNotReadable() {
        return "There is no permission to read the file.";
    }
}
