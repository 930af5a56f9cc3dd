package io.github.resnetspark.job.averaging;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Floats in the form in which they are sent: four little-endian bytes each, with every bit preserved, so that they need
 * no conversion. They may be outside the Java heap. Deserialized ones are on the heap.
 */
public final class RawFloats implements Serializable {
    private static final long serialVersionUID = 1;

    /** The exponent bits, all of which are set in values that are not finite (IEEE 754). */
    static final int EXPONENT = 0x7f800000;

    /** Used from index 0 to the limit. */
    private transient ByteBuffer bytes;

    /** @param bytes the remaining ones are used, four for each float; not copied */
    public RawFloats(ByteBuffer bytes) {
        if (bytes.remaining() % Float.BYTES != 0) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes are not a whole number of floats.");
        }
        this.bytes = bytes.slice();
    }

    /** A copy of the values. */
    public static RawFloats of(float... values) {
        RawFloats raw = zeros(values.length);
        raw.set(0, values, 0, values.length);
        return raw;
    }

    /** A vector of zeros. */
    public static RawFloats zeros(int length) {
        return new RawFloats(ByteBuffer.allocate(Math.multiplyExact(length, Float.BYTES)));
    }

    /** Number of floats. */
    public int length() {
        return bytes.capacity() / Float.BYTES;
    }

    /** The bytes, not copied, with all of them remaining. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** A copy of all values. */
    public float[] toArray() {
        float[] values = new float[length()];
        get(0, values, 0, values.length);
        return values;
    }

    /** Copies {@code count} values, starting at index {@code from}, to {@code to}, starting at {@code at}. */
    public void get(int from, float[] to, int at, int count) {
        floats().get(from, to, at, count);
    }

    /** Overwrites {@code count} values, starting at index {@code at}, with {@code values}, starting at {@code from}. */
    public void set(int at, float[] values, int from, int count) {
        floats().put(at, values, from, count);
    }

    /**
     * Overwrites all values with the bytes of several buffers, one after another.
     *
     * @throws IllegalArgumentException if there are too many or too few bytes
     */
    public void set(ByteBuffer... pieces) {
        int length = Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum();
        if (length != bytes.capacity()) {
            throw new IllegalArgumentException(
                    "There are " + length + " bytes for " + length() + " floats of 4 bytes each.");
        }
        ByteBuffer all = bytes();
        for (ByteBuffer piece : pieces) {
            all.put(piece.duplicate());
        }
    }

    /** Whether no value is infinite or NaN. */
    public boolean isFinite() {
        IntBuffer bits = littleEndian().asIntBuffer();
        int exponent = 0;
        for (int i = 0; i < bits.capacity(); i++) {
            exponent = Math.max(exponent, bits.get(i) & EXPONENT);
        }
        return exponent != EXPONENT;
    }

    /** The floats, not copied. */
    FloatBuffer floats() {
        return littleEndian().asFloatBuffer();
    }

    private ByteBuffer littleEndian() {
        return bytes().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        byte[] copy = new byte[bytes.capacity()];
        bytes().get(copy);
        out.writeObject(copy);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        bytes = ByteBuffer.wrap((byte[]) in.readObject());
    }
}
