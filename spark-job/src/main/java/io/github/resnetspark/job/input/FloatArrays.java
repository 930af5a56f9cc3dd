package io.github.resnetspark.job.input;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bulk copies between Java's float arrays and ND4J's memory. */
public final class FloatArrays {
    private FloatArrays() {}

    /** The values of a contiguous float array, in memory order. */
    public static float[] read(INDArray from) {
        float[] values = new float[Math.toIntExact(from.length())];
        pointer(from).get(values);
        return values;
    }

    /**
     * Overwrites a contiguous float array, in memory order.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static void write(float[] values, INDArray to) {
        if (values.length != to.length()) {
            throw new IllegalArgumentException(values.length + " values do not fill an array of " + to.length() + ".");
        }
        pointer(to).put(values);
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
