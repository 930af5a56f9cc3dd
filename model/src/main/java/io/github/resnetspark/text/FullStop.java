package io.github.resnetspark.text;

/** Fits sentences from elsewhere into messages. */
public final class FullStop {
    private FullStop() {}

    /** The text with a full stop, unless it ends in one. */
    public static String added(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** The text without a full stop at its end. */
    public static String removed(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
