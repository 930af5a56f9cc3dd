package io.github.resnetspark.failure;

import java.io.Serializable;

/**
 * One thing that is wrong.
 *
 * @param key which value it is about, such as {@code optimizer.learning-rate} or {@code depth}; empty where none has a name
 * @param message all that is to be read: a sentence with the value and why it cannot be, and one with the remedy
 */
public record Problem(String key, String message) implements Serializable {
    /** A problem with nothing that has a key; a full stop is added where the message ends without. */
    public static Problem of(String message) {
        return new Problem("", sentence(message));
    }

    /** A problem whose message begins with the key; the words are what follows it. */
    public static Problem with(String key, String words) {
        return new Problem(key, key + " " + words);
    }

    /** The text without blanks around it, with a full stop where it ends without one; empty for null. */
    public static String sentence(String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() || ".!?".indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }
}
