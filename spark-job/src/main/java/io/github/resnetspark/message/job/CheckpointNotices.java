package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;
import java.util.Locale;

/** What is said about checkpoints in the log. */
public final class CheckpointNotices {
    private CheckpointNotices() {}

    public static String damaged(String checkpoint, String why) {
        return "Skipping the damaged checkpoint " + ShownText.line(checkpoint) + " (" + ShownText.line(why)
                + "). The run resumes from the previous one.";
    }

    public static String written(String checkpoint, double seconds) {
        return String.format(Locale.ROOT, "Wrote the checkpoint %s in %.1f s.", ShownText.line(checkpoint), seconds);
    }
}
