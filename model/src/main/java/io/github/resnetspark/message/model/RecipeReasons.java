package io.github.resnetspark.message.model;

import java.util.Locale;

/** What the value of a key must be. Every text follows “must be”. */
public final class RecipeReasons {
    private RecipeReasons() {}

    public static String wholeNumberOr(String word) {
        return wholeNumber() + " or " + word;
    }

    public static String wholeNumber() {
        return "a whole number";
    }

    public static String number() {
        return "a number";
    }

    public static String atMost(long limit) {
        return "at most " + limit;
    }

    public static String trueOrFalse() {
        return "true or false";
    }

    public static String text() {
        return "text";
    }

    public static String notEmpty() {
        return "text that is not empty";
    }

    public static String uri() {
        return "a URI";
    }

    /** The {@code names} are all choices, separated by commas. */
    public static String oneOf(String names) {
        return "one of " + names;
    }

    public static String list() {
        return "a list in brackets";
    }

    /** The {@code element} says what each element must be. */
    public static String listOf(String element) {
        return "a list in which every element is " + element;
    }

    public static String memorySize() {
        return "a number with a unit of memory (KiB, MiB, GiB)";
    }

    /** The {@code number} is an example, such as the number that was written without a unit. */
    public static String memorySizeSuchAs(String number) {
        return String.format(Locale.ROOT, "a number with a unit of memory, e.g. %s MiB", number);
    }

    /** The {@code range} is in words, e.g. {@code at least 1}. */
    public static String bytes(String range) {
        return range + " bytes";
    }

    public static String duration() {
        return "a number with a unit of time (ms, s, minutes, hours)";
    }

    /** The {@code number} is an example, such as the number that was written without a unit. */
    public static String durationSuchAs(String number) {
        return String.format(Locale.ROOT, "a number with a unit of time, e.g. %1$s s or %1$s minutes", number);
    }
}
