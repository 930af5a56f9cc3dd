package io.github.resnetspark.recipe;

import java.util.List;
import java.util.regex.Pattern;

/** What a file says, as part of a sentence: files of strangers hold names of any length, and line breaks in them. */
public final class Shown {
    private static final int LONGEST = 120;
    private static final int LONGEST_WORDS = 500;
    private static final int MOST = 10;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\x{85}]");

    private Shown() {}

    /** The text on one line, without control characters, its end left out where it is long. */
    public static String of(String text) {
        return start(text, LONGEST);
    }

    /** As {@link #of}, for words that say more than a name or a value does. */
    static String words(String text) {
        return start(text, LONGEST_WORDS);
    }

    private static String start(String text, int longest) {
        String start = text.length() > longest ? text.substring(0, longest) + "…" : text;
        return UNPRINTABLE.matcher(start).replaceAll("\uFFFD");
    }

    /** The first of them, joined by commas, and how many more there are. */
    public static String first(List<String> texts) {
        String joined = String.join(", ", texts.subList(0, Math.min(MOST, texts.size())));
        return texts.size() > MOST ? joined + ", and " + (texts.size() - MOST) + " more" : joined;
    }
}
