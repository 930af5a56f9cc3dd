package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The logical shape {@code [batch, channels, height, width]} of an array. */
public record ImageShape(long batch, long channels, long height, long width) {

    /** The shape of a four-dimensional array. */
    public static ImageShape of(INDArray array) {
        return new ImageShape(array.size(0), array.size(1), array.size(2), array.size(3));
    }

    /** The number of values. */
    public long length() {
        return batch * channels * height * width;
    }

    /** As the native libraries and DL4J want it. */
    public long[] dimensions() {
        return new long[] {batch, channels, height, width};
    }
}
