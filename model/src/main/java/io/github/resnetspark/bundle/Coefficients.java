package io.github.resnetspark.bundle;

import io.github.resnetspark.text.ShownText;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * {@code coefficients.bin}: the flat parameters as ND4J writes an array of floats, which is two buffers, one for the shape
 * and one for the values. A buffer is the mode of its allocation, its length, its type and its values, big-endian.
 *
 * <p>Read here and not by ND4J, which takes memory for whatever length the file claims.
 */
final class Coefficients {
    /** Rank 1, its side, its stride, and three words of ND4J's own. */
    private static final int SHAPE_LENGTH = 6;

    private Coefficients() {}

    /**
     * Reads a vector.
     *
     * @param expected how many values there must be
     * @throws BadCoefficientsException if the array is of another type or shape, or has another length
     * @throws java.io.EOFException if it is cut off
     */
    static float[] read(InputStream stream, long expected) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        requireBuffer(in, SHAPE_LENGTH, "LONG", "a shape");
        long[] shape = new long[SHAPE_LENGTH];
        for (int i = 0; i < SHAPE_LENGTH; i++) {
            shape[i] = in.readLong();
        }
        if (shape[0] != 1 || shape[1] != expected) {
            throw new BadCoefficientsException("has " + shape[1] + " parameters, not " + expected);
        }
        requireBuffer(in, expected, "FLOAT", "parameters");
        float[] values = new float[Math.toIntExact(expected)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        if (in.read() >= 0) {
            throw new BadCoefficientsException("holds more than its parameters");
        }
        return values;
    }

    private static void requireBuffer(DataInputStream in, long length, String type, String what) throws IOException {
        in.readUTF();
        long foundLength = in.readLong();
        String foundType = in.readUTF();
        if (foundLength != length || !foundType.equals(type)) {
            throw new BadCoefficientsException("holds " + what + " of " + foundLength + " times "
                    + ShownText.start(foundType) + ", not " + length + " times " + type);
        }
    }

    /** What is wrong, as the end of a sentence that begins with «it». */
    static final class BadCoefficientsException extends IOException {
        private static final long serialVersionUID = 1;

        BadCoefficientsException(String message) {
            super(message);
        }
    }
}
