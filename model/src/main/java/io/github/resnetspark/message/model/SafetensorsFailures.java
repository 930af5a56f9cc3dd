package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** What is wrong with a safetensors file. Every message begins with the file. */
public final class SafetensorsFailures {
    private static final String AGAIN = " Copy or save it again.";

    private SafetensorsFailures() {}

    public static String tooShort(String file, int bytes) {
        return file + " has only " + bytes + (bytes == 1 ? " byte" : " bytes")
                + ", so it is not a safetensors file. Copy it again.";
    }

    /**
     * The header is longer than the file or than any header may be.
     *
     * @param declared the length as an unsigned number
     */
    public static String headerLength(String file, long declared, long available, int limit) {
        return file + " declares a header of " + Long.toUnsignedString(declared) + " bytes, more than the " + available
                + " that follow or the limit of " + limit
                + ". Copy it again, or save it with safetensors.torch.save_file.";
    }

    public static String tooLarge(String file, long mebibytes, long limitMebibytes) {
        return file + " contains " + mebibytes + " MiB of values, more than the limit of " + limitMebibytes
                + " MiB for a weight file. Remove the tensors that are not weights.";
    }

    public static String endedEarly(String file) {
        return file + " ended while it was being read. Copy it again.";
    }

    public static String headerNotUtf8(String file) {
        return file + " has a header that is not UTF-8 text." + AGAIN;
    }

    public static String headerNotAnObject(String file) {
        return file + " has a header that is not a JSON object." + AGAIN;
    }

    /**
     * A header with other JSON.
     *
     * @param cause what the JSON parser says
     */
    public static String headerNotTensors(String file, String cause) {
        return file + " has a header that does not describe tensors (" + ShownText.clause(cause) + ")." + AGAIN;
    }

    public static String incomplete(String file, String tensor) {
        return tensor(file, tensor) + " lacks a dtype, a shape or two data_offsets." + AGAIN;
    }

    /**
     * Numbers of another type.
     *
     * @param supported all types that are read, separated by commas
     */
    public static String unsupportedType(String file, String tensor, String type, String supported) {
        return tensor(file, tensor) + " contains numbers of type " + ShownText.start(type)
                + ", which is not supported. Save them as one of " + supported + ".";
    }

    public static String shapeAndBytes(String file, String tensor, String shape, String type, long begin, long end) {
        return tensor(file, tensor) + " has the shape " + ShownText.start(shape) + " of type " + ShownText.start(type)
                + ", which does not match its bytes " + begin + " to " + end + " of the data." + AGAIN;
    }

    /** Tensors overlap, or bytes between them belong to none. */
    public static String gapOrOverlap(String file, String tensor, long begin, long expected) {
        return tensor(file, tensor) + " starts at byte " + begin
                + " of the data, but the tensors before it end at byte " + expected + "." + AGAIN;
    }

    public static String dataLength(String file, long declared, long found) {
        return file + " declares " + declared + " bytes of data but contains " + found + "." + AGAIN;
    }

    private static String tensor(String file, String name) {
        return file + ": the tensor '" + ShownText.start(name) + "'";
    }
}
