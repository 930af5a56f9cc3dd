package io.github.resnetspark.job.averaging;

import java.io.Serializable;

/**
 * How a vector is cut into contiguous slices whose lengths differ by at most 1.
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
}
