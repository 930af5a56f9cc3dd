package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;
import java.util.Collection;
import java.util.Optional;

/**
 * What is wrong with a recipe or with a {@code --set} option. Messages about a line of a recipe are shown after its location,
 * {@code conf/quickstart.conf:12: …}.
 */
public final class RecipeFailures {
    private static final String INCLUDE_REMEDY =
            "Name a file relative to the one that includes it, or remove the line.";

    private RecipeFailures() {}

    /**
     * A value cannot be used.
     *
     * @param mustBe e.g. {@code at least 1}
     * @param remedy a sentence of the key's declaration
     */
    public static String notAcceptable(String key, String value, String mustBe, String remedy) {
        return message(key + " is " + value + " but must be " + mustBe, remedy);
    }

    public static String notSet(String key, String remedy) {
        return message(key + " is not set", remedy);
    }

    public static String notASection(String name, String value) {
        return message(
                name + " is " + value + " but must be a section",
                "Write " + name + " { … } with its keys in the braces.");
    }

    /** The name {@code meant} is the section or key that was probably meant. */
    public static String unknownSection(String name, Optional<String> meant, Collection<String> known) {
        return message(
                name + " is not a section of a recipe",
                meant.map(RecipeFailures::didYouMean)
                        .orElseGet(() -> "Use one of the sections " + String.join(", ", known) + "."));
    }

    /** The name {@code meant} is the key that was probably meant. */
    public static String unknownKey(String section, String key, Optional<String> meant, Collection<String> known) {
        return message(
                key + " is not a key of " + section,
                meant.map(RecipeFailures::didYouMean)
                        .orElseGet(() -> "Use one of the keys of " + section + ": " + String.join(", ", known) + "."));
    }

    private static String didYouMean(String name) {
        return "Did you mean " + name + "?";
    }

    public static String noSuchFile() {
        return message("This file does not exist", "Give --conf the path of a recipe, e.g. conf/quickstart.conf.");
    }

    public static String notAFile() {
        return message("This is not a file", "Give --conf the path of a recipe, e.g. conf/quickstart.conf.");
    }

    public static String notUtf8() {
        return message("This file is not UTF-8 text", "Save it as UTF-8.");
    }

    /** The {@code cause} is what the operating system or the library says. */
    public static String unreadable(String cause) {
        return message("This file cannot be read (" + ShownText.clause(cause) + ")", "Check its permissions.");
    }

    /** The {@code explanation} is that of the configuration library, without a full stop. */
    public static String notHocon(String explanation) {
        return message(
                "This is not valid HOCON: " + explanation,
                "Quote text that contains : or / or =, and close every brace and bracket.");
    }

    public static String nestedTooDeep() {
        return message(
                "The lists, sections or keys are nested too deep to be read",
                "Look for a repeated bracket or dot. Recipes need only three levels.");
    }

    /** The {@code explanation} is that of the configuration library, without a full stop. */
    public static String unresolved(String explanation) {
        return message(explanation, "Set that key or environment variable, or write ${?NAME} if it is optional.");
    }

    /** The {@code explanation} is that of the configuration library, without a full stop. */
    public static String badSubstitution(String explanation) {
        return message(
                "A substitution does not fit: " + explanation,
                "Join text with text, lists with lists and sections with sections.");
    }

    public static String includeNotLocal(String address) {
        return message(
                "The include " + address + " is not a file on a local disk",
                "Save it beside the recipe and write include \"NAME.conf\".");
    }

    public static String includeNotAPath(String text) {
        return message("The include '" + text + "' is not a valid path", "Name a file, relative to this one.");
    }

    public static String includesItself(String file) {
        return message(file + " includes itself", "Remove one of the include lines.");
    }

    public static String includeNotAFile(String file) {
        return message("The include " + file + " is not a file", INCLUDE_REMEDY);
    }

    public static String includeMissing(String file) {
        return message("The include " + file + " does not exist", INCLUDE_REMEDY);
    }

    public static String overrideWithoutValue(String key) {
        return message("The value is missing", "Write --set " + ShownText.start(key) + "=VALUE.");
    }

    public static String overrideNotAKey(String text) {
        return message(
                "'" + text + "' is not the name of a key",
                "Write the section, a dot and the key, e.g. --set train.epochs=10.");
    }

    public static String overrideNotHocon(String value) {
        return message(
                value + " is not valid HOCON",
                "Complete the list, object or quoted text: a value that begins with [, { or \" is HOCON, and any other"
                        + " value is literal text.");
    }

    public static String overrideInclude(String address) {
        return message(
                address + " cannot be included by --set", "Write the include into the recipe that --conf names.");
    }

    public static String nothingToResolve() {
        return "There is no recipe to resolve. Give the recipe, the file to write and then the options of the command.";
    }

    /** The {@code cause} is what the operating system says. */
    public static String notWritten(String file, String cause) {
        return file + " cannot be written (" + ShownText.clause(cause)
                + "). Name a file in a folder that exists and is writable.";
    }

    private static String message(String fact, String remedy) {
        return ShownText.words(fact) + ". " + remedy;
    }
}
