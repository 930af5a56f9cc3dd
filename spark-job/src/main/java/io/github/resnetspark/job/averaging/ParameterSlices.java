package io.github.resnetspark.job.averaging;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How a vector is cut into contiguous slices whose lengths differ by at most 1, and put together again.
 *
 * @param length of the vector, at least 0
 * @param count of slices, at least 1; with more slices than values some are empty
 */
public record ParameterSlices(int length, int count) implements Serializable {
    public ParameterSlices {
        if (length < 0) {
            throw new IllegalArgumentException("a vector of length " + length + " cannot be cut");
        }
        if (count < 1) {
            throw new IllegalArgumentException("the number of slices is " + count + " but must be at least 1");
        }
    }

    /** Index of the slice's first value in the vector; for {@code slice == count} the vector's length. */
    public int start(int slice) {
        return slice * (length / count) + Math.min(slice, length % count);
    }

    /** Values in the slice. */
    public int size(int slice) {
        return start(slice + 1) - start(slice);
    }

    /** A copy of one slice of a vector [length]. */
    public float[] cut(float[] vector, int slice) {
        requireLength(vector);
        return Arrays.copyOfRange(vector, start(slice), start(slice + 1));
    }

    /** The vector [length] of which these are the slices, in slice order. */
    public float[] join(List<float[]> slices) {
        if (slices.size() != count) {
            throw new IllegalArgumentException("there are " + slices.size() + " slices but must be " + count);
        }
        float[] vector = new float[length];
        for (int slice = 0; slice < count; slice++) {
            float[] values = slices.get(slice);
            if (values.length != size(slice)) {
                throw new IllegalArgumentException(
                        "slice " + slice + " has " + values.length + " values but must have " + size(slice));
            }
            System.arraycopy(values, 0, vector, start(slice), values.length);
        }
        return vector;
    }

    private void requireLength(float[] vector) {
        if (vector.length != length) {
            throw new IllegalArgumentException("the vector has " + vector.length + " values but must have " + length);
        }
    }
}
