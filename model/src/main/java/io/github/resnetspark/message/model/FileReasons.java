package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** What is wrong with a line, a field or a tensor of a file. */
public final class FileReasons {
    private FileReasons() {}

    /** How messages name an array of a .npz file. */
    public static String entry(String file, String array) {
        return file + ": " + ShownText.start(array);
    }

    public static String notAChecksum(String line) {
        return "the line '" + ShownText.start(line) + "' is not a checksum and the name of a file";
    }

    /**
     * A field of a JSON file that must have one value.
     *
     * @param found the value as JSON
     * @param supported the only valid value as JSON
     */
    public static String unsupportedField(String name, String found, String supported) {
        return name + " is " + ShownText.start(found) + " but this release supports only " + supported;
    }

    public static String missingWeight(String name) {
        return quoted(name) + " is missing";
    }

    public static String unexpectedWeight(String name) {
        return quoted(name) + " is unexpected";
    }

    public static String sameWeight(String name, String otherName) {
        return quoted(name) + " and " + quoted(otherName) + " are the same weight";
    }

    /**
     * A weight of the wrong shape.
     *
     * @param found such as {@code [64, 3, 7, 7]}
     * @param expected such as {@code [64, 3, 7, 7]}
     */
    public static String weightShape(String name, String found, String expected) {
        return quoted(name) + " has the shape " + found + " but must have " + expected;
    }

    public static String weightNotFinite(String name) {
        return quoted(name) + " contains NaN or infinity";
    }

    private static String quoted(String name) {
        return "'" + ShownText.start(name) + "'";
    }
}
