package io.github.resnetspark.bundle;

import io.github.resnetspark.message.model.BundleReasons;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * {@code coefficients.bin}: the flat parameters as ND4J serializes an array of floats: one buffer for the shape and one
 * for the values. A buffer consists of its allocation mode, length, type and values, big-endian.
 *
 * <p>ND4J's own reader is not used because it allocates whatever length the file declares.
 */
final class Coefficients {
    /** The rank 1, the length, the stride and three internal words of ND4J. */
    private static final int SHAPE_LENGTH = 6;

    private Coefficients() {}

    /**
     * Reads a vector.
     *
     * @param expected the required number of values
     * @throws BadCoefficientsException if the array has another type, shape or length
     * @throws java.io.EOFException if the stream is truncated
     */
    static float[] read(InputStream stream, long expected) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        requireBuffer(in, SHAPE_LENGTH, "LONG", "a shape");
        long[] shape = new long[SHAPE_LENGTH];
        for (int i = 0; i < SHAPE_LENGTH; i++) {
            shape[i] = in.readLong();
        }
        if (shape[0] != 1 || shape[1] != expected) {
            throw new BadCoefficientsException(BundleReasons.parameterCount(shape[1], expected));
        }
        requireBuffer(in, expected, "FLOAT", "parameters");
        float[] values = new float[Math.toIntExact(expected)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        if (in.read() >= 0) {
            throw new BadCoefficientsException(BundleReasons.extraParameters());
        }
        return values;
    }

    private static void requireBuffer(DataInputStream in, long length, String type, String what) throws IOException {
        in.readUTF();
        long foundLength = in.readLong();
        String foundType = in.readUTF();
        if (foundLength != length || !foundType.equals(type)) {
            throw new BadCoefficientsException(BundleReasons.otherArray(what, foundLength, foundType, length, type));
        }
    }

    /** Says what is wrong, in words that follow "it". */
    static final class BadCoefficientsException extends IOException {
        private static final long serialVersionUID = 1;

        BadCoefficientsException(String message) {
            super(message);
        }
    }
}
