package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** What is wrong with one file of a model directory, or with one value in it. */
public final class BundleReasons {
    private BundleReasons() {}

    public static String notListed(String file, String list) {
        return ShownText.start(file) + " is not listed in " + list;
    }

    public static String missing(String name) {
        return ShownText.start(name) + " is missing";
    }

    public static String otherChecksum(String file) {
        return ShownText.start(file) + " does not match its checksum";
    }

    public static String checksumLine(String line) {
        return "the line '" + ShownText.start(line)
                + "' does not name a file of this directory, or names one a second time";
    }

    /**
     * A value of the network's description is of the wrong kind.
     *
     * @param written the value in JSON
     * @param expected e.g. {@code true or false}
     */
    public static String unusable(String key, String written, String expected) {
        return key + " is " + ShownText.start(written) + " but must be " + expected;
    }

    public static String firstVariantD() {
        return "format version 1 has the variant d, whose shortcuts averaged 3×3 windows instead of 2×2";
    }

    /** Follows “it”. */
    public static String parameterCount(long found, long expected) {
        return "has " + found + " parameters, not " + expected;
    }

    /** Follows “it”. */
    public static String extraParameters() {
        return "has data after its parameters";
    }

    /**
     * Follows “it”.
     *
     * @param what the array is, e.g. {@code parameters}
     */
    public static String otherArray(String what, long length, String type, long expectedLength, String expectedType) {
        return "stores " + what + " as " + length + " values of type " + ShownText.start(type) + ", not as "
                + expectedLength + " of type " + expectedType;
    }
}
