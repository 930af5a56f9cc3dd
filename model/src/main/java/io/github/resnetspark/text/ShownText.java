package io.github.resnetspark.text;

import java.util.List;
import java.util.Locale;

/**
 * Makes texts from outside (names of files and classes, messages of other programs) safe to show in logs, messages and pages.
 * Characters that start a line, control a terminal or change the writing direction are escaped as in Java. {@code user:password@}
 * is removed from URIs.
 */
public final class ShownText {
    private static final int LONGEST = 120;
    private static final int LONGEST_WORDS = 500;
    private static final int MOST = 10;

    private ShownText() {}

    /** The text on one line. */
    public static String line(String text) {
        return escaped(String.valueOf(text), false);
    }

    /** The start of a name or value, on one line. Untrusted files contain names of any length. */
    public static String start(String text) {
        return line(cut(UriText.withoutPasswords(String.valueOf(text)), LONGEST));
    }

    /** As {@link #start}, with a higher limit, for texts that say more than a name or a value. */
    public static String words(String text) {
        return line(cut(UriText.withoutPasswords(String.valueOf(text)), LONGEST_WORDS));
    }

    /** As {@link #words}, without a full stop at the end, for a sentence inside parentheses. */
    public static String clause(String text) {
        return FullStop.removed(words(text));
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    /** The first texts, joined by commas, and the number of the others. */
    public static String first(List<String> texts) {
        String joined = String.join(", ", texts.subList(0, Math.min(MOST, texts.size())));
        return texts.size() > MOST ? joined + ", and " + (texts.size() - MOST) + " more" : joined;
    }

    /** The text with its lines: line feeds and tabs are kept. */
    public static String lines(String text) {
        return escaped(String.valueOf(text), true);
    }

    /** Whether the text needs no escapes to be shown on one line. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(ShownText::isPlain);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Marks of right-to-left scripts are allowed. Embeddings, overrides, isolates and the byte order mark are
            // not.
            case Character.FORMAT ->
                !(character >= 0x202A && character <= 0x202E)
                        && !(character >= 0x2066 && character <= 0x2069)
                        && character != 0xFEFF;
            default -> true;
        };
    }

    private static String escaped(String written, boolean severalLines) {
        String text = UriText.withoutPasswords(written);
        if (isPlain(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            boolean ofLines = severalLines && (character == '\n' || character == '\t');
            if (isPlain(character) || ofLines) {
                shown.appendCodePoint(character);
            } else {
                shown.append(
                        switch (character) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> String.format(Locale.ROOT, "\\u%04x", character);
                        });
            }
        });
        return shown.toString();
    }
}
