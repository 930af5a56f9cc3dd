package io.github.resnetspark.weights;

import io.github.resnetspark.message.model.NumpyFailures;
import io.github.resnetspark.weights.NpyHeader.Order;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one NumPy array (.npy, format versions 1 to 3) of float16, float32, float64 or int64, in any byte order and index order.
 * The result is float32 in row-major order. Wider types are rounded.
 */
public final class NpyFile {
    /** Size limit of an unpacked file: about four times the weights of the largest published ResNet. */
    static final long MOST_BYTES = 1L << 30;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    /** The number of values read at once. */
    private static final int CHUNK = 1 << 15;

    private NpyFile() {}

    /**
     * Reads one array.
     *
     * @throws WeightsFormatException if the file is not a NumPy array, or its header does not match its bytes
     */
    public static Tensor read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), MOST_BYTES);
        }
    }

    /** Reads an array that fills the whole stream and has at most {@code mostBytes} bytes without its header. */
    static Tensor read(InputStream in, String source, long mostBytes) throws IOException {
        NpyHeader header = header(in, source);
        long count = header.count();
        long size = count * header.type().bytes();
        String shape = Tensor.describe(header.shape().stream().mapToInt(i -> i).toArray());
        if (count < 0 || Math.max(size, count * Float.BYTES) > mostBytes) {
            throw new WeightsFormatException(NumpyFailures.tooLarge(source, shape, MOST_BYTES >> 20));
        }
        // The header may declare more than the file contains, so memory grows with the values that arrive.
        float[] values = new float[(int) Math.min(count, CHUNK)];
        byte[] chunk = new byte[CHUNK * header.type().bytes()];
        int read = 0;
        while (read < count) {
            int wanted = (int) Math.min(CHUNK, count - read) * header.type().bytes();
            int found = in.readNBytes(chunk, 0, wanted);
            if (found < wanted) {
                long all = (long) read * header.type().bytes() + found;
                throw new WeightsFormatException(NumpyFailures.tooFewBytes(source, shape, size, all));
            }
            int more = wanted / header.type().bytes();
            if (read + more > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
            }
            decode(ByteBuffer.wrap(chunk, 0, wanted).order(header.byteOrder()), header.type(), values, read, more);
            read += more;
        }
        if (in.read() >= 0) {
            throw new WeightsFormatException(NumpyFailures.tooManyBytes(source, shape, size));
        }
        int[] sizes = header.shape().stream().mapToInt(i -> i).toArray();
        return new Tensor(sizes, header.order() == Order.COLUMN_MAJOR ? rowMajor(values, sizes) : values);
    }

    private static NpyHeader header(InputStream in, String source) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new WeightsFormatException(NumpyFailures.notAnArray(source));
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new WeightsFormatException(NumpyFailures.unsupportedVersion(source, version));
        }
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
        long headerLength = Integer.toUnsignedLong(
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
        byte[] text = in.readNBytes((int) Math.min(headerLength, LONGEST_HEADER));
        if (text.length < headerLength) {
            throw new WeightsFormatException(
                    NumpyFailures.truncatedHeader(source, headerLength, text.length, LONGEST_HEADER));
        }
        return NpyHeader.parse(
                new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), source);
    }

    private static void decode(ByteBuffer bytes, NumberType type, float[] values, int from, int count) {
        if (type == NumberType.F32) {
            bytes.asFloatBuffer().get(values, from, count);
            return;
        }
        for (int i = from; i < from + count; i++) {
            values[i] = type.next(bytes);
        }
    }

    /** Iterates over the row-major result; {@code from} is the index of the same element in the column-major values. */
    private static float[] rowMajor(float[] columnMajor, int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        float[] values = new float[columnMajor.length];
        int[] index = new int[shape.length];
        int from = 0;
        for (int to = 0; to < values.length; to++) {
            values[to] = columnMajor[from];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
