package io.github.resnetspark.text;

import java.util.List;
import java.util.Locale;

/**
 * Texts from outside (names of files and classes, messages of other programs) as a line of a log, a message or a page shows them:
 * what would begin another line, steer a terminal or turn the direction of writing is escaped as Java does it, and of the URIs in
 * them {@code user:password@} is left out.
 */
public final class ShownText {
    private static final int LONGEST = 120;
    private static final int LONGEST_WORDS = 500;
    private static final int MOST = 10;

    private ShownText() {}

    /** The text on one line. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** The same for a name or a value in a sentence, its end left out where it is long: files of strangers hold names of any length. */
    public static String start(String text) {
        return line(cut(UriText.withoutPasswords(text), LONGEST));
    }

    /** As {@link #start}, for words that say more than a name or a value does. */
    public static String words(String text) {
        return line(cut(UriText.withoutPasswords(text), LONGEST_WORDS));
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    /** The first of them, joined by commas, and how many more there are. */
    public static String first(List<String> texts) {
        String joined = String.join(", ", texts.subList(0, Math.min(MOST, texts.size())));
        return texts.size() > MOST ? joined + ", and " + (texts.size() - MOST) + " more" : joined;
    }

    /** The same for a text that has lines: line feeds and tabs stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /** Whether the text is shown as it is on one line. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(ShownText::isPlain);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // The marks of right-to-left scripts are fine; embeddings, overrides and isolates are not, nor is a byte
            // order mark.
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
