package io.github.resnetspark.failure;

import java.io.Serializable;

/**
 * One problem.
 *
 * @param key the setting that is wrong, such as {@code optimizer.learning-rate} or {@code depth}; empty if there is none
 * @param message the whole text: what is wrong with which value, and what to do
 */
public record Problem(String key, String message) implements Serializable {
    /** A problem without a key. Adds a full stop if the message ends without one. */
    public static Problem of(String message) {
        return new Problem("", sentence(message));
    }

    /** A problem whose message is the key followed by the words. */
    public static Problem with(String key, String words) {
        return new Problem(key, key + " " + words);
    }

    /** The stripped text, with a full stop added if it ends without one; empty for null. */
    public static String sentence(String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() || ".!?".indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }
}
