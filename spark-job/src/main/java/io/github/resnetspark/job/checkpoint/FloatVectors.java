package io.github.resnetspark.job.checkpoint;

import io.github.resnetspark.message.job.TrainingReasons;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The file format of floats: four little-endian bytes each and nothing else, with every bit preserved. */
final class FloatVectors {
    private static final int FLOATS_AT_ONCE = 1 << 16;

    private FloatVectors() {}

    static void write(float[] values, OutputStream out) throws IOException {
        byte[] bytes = bytes(values.length);
        FloatBuffer floats = floats(bytes);
        for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
            int count = Math.min(FLOATS_AT_ONCE, values.length - from);
            floats.put(0, values, from, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
    }

    /**
     * Reads a vector.
     *
     * @throws EOFException if the stream ends too early
     */
    static float[] read(InputStream in, int length) throws IOException {
        float[] values = new float[length];
        byte[] bytes = bytes(length);
        FloatBuffer floats = floats(bytes);
        for (int from = 0; from < length; from += FLOATS_AT_ONCE) {
            int count = Math.min(FLOATS_AT_ONCE, length - from);
            if (in.readNBytes(bytes, 0, count * Float.BYTES) < count * Float.BYTES) {
                throw new EOFException(TrainingReasons.truncated(length));
            }
            floats.get(0, values, from, count);
        }
        return values;
    }

    private static byte[] bytes(int length) {
        return new byte[Math.min(FLOATS_AT_ONCE, length) * Float.BYTES];
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
