package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** What scoring logs. */
public final class ScoreNotices {
    private ScoreNotices() {}

    /** {@code files}: how many of which kind. */
    public static String skipped(String pictures, String files) {
        return ShownText.line(pictures) + ": skipped " + files + ".";
    }
}
