package io.github.resnetspark.message.data;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** How two preparations differ, as parts of other messages. */
public final class PrepareReasons {
    private PrepareReasons() {}

    /** {@code key} is relative to {@code prepare} and {@code then} is its value in the existing data set. */
    public static String otherOption(String key, String then, String now) {
        return "prepare." + key + " was " + shown(then) + " and is now " + shown(now);
    }

    public static String otherOptions(List<String> options) {
        return String.join(", ", options);
    }

    public static String otherFiles() {
        return "the source files differ";
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not set" : ShownText.line(value);
    }
}
