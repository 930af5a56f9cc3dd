package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** What is wrong with a NumPy file. Every message begins with the file, or with {@link FileReasons#entry} for a .npz file. */
public final class NumpyFailures {
    private static final String AGAIN = " Copy or save it again.";
    private static final String SAVE = " Save it again with numpy.save";

    private NumpyFailures() {}

    public static String notAnArray(String file) {
        return file + " does not start like a NumPy array. Save it with numpy.save or numpy.savez.";
    }

    public static String unsupportedVersion(String file, int version) {
        return file + " has .npy format version " + version + ", but only versions 1 to 3 are supported." + SAVE + ".";
    }

    public static String truncatedHeader(String file, long declared, int found, int limit) {
        return file + " declares a header of " + declared + " bytes, but only " + found + " can be read (the limit is "
                + limit + ")." + AGAIN;
    }

    public static String notAPlainArray(String file, String header) {
        return file + " has the header '" + ShownText.start(header) + "', which does not describe a plain array." + SAVE
                + ", as an array of numbers.";
    }

    /**
     * Numbers of another type.
     *
     * @param type as the header names it, in quotes
     */
    public static String unsupportedType(String file, String type) {
        return file + " contains numbers of type " + ShownText.start(type)
                + ", which is not supported. Save them as float32: array.astype('<f4').";
    }

    public static String tooManyDimensions(String file, int found, int limit) {
        return file + " has a shape with " + found + " dimensions, but NumPy allows at most " + limit + "." + SAVE
                + ".";
    }

    public static String invalidShape(String file, String shape) {
        return file + " has the invalid shape " + ShownText.start(shape) + "." + SAVE + ".";
    }

    public static String tooLarge(String file, String shape, long limitMebibytes) {
        return file + " declares the shape " + shape + ", more than the limit of " + limitMebibytes
                + " MiB for a weight file. Remove the arrays that are not weights.";
    }

    public static String tooFewBytes(String file, String shape, long declared, long found) {
        return file + " declares the shape " + shape + ", which takes " + declared + " bytes, but contains only "
                + found + "." + AGAIN;
    }

    public static String tooManyBytes(String file, String shape, long declared) {
        return file + " declares the shape " + shape + ", which takes " + declared + " bytes, but contains more."
                + AGAIN;
    }

    public static String checksum(String file) {
        return file + " does not match its checksum. Copy the file again.";
    }

    public static String duplicate(String file, String array) {
        return file + " contains the array '" + ShownText.start(array) + "' twice. Save it again with numpy.savez.";
    }

    /**
     * A damaged or truncated zip file.
     *
     * @param cause what the zip reader says
     */
    public static String notAZip(String file, String cause) {
        return file + " is not a complete zip file (" + ShownText.clause(cause)
                + "). Copy it again, or save it with numpy.savez.";
    }

    public static String notAnArrayEntry(String file, String entry) {
        return file + " contains '" + ShownText.start(entry)
                + "', which is not a NumPy array. Use a file that numpy.savez wrote.";
    }
}
