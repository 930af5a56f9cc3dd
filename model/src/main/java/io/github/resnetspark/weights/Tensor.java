package io.github.resnetspark.weights;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Float32 values and their shape, in row-major order. */
public final class Tensor {
    private static final int MOST_SHOWN = 16;

    private final int[] shape;
    private final float[] values;

    /**
     * Uses both arrays without copying them.
     *
     * @param shape the sizes, outermost first; empty for a scalar
     * @param values in row-major order; their number is the product of the sizes
     */
    public Tensor(int[] shape, float[] values) {
        long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "The shape " + describe(shape) + " has " + count + " values, not " + values.length + ".");
        }
        this.shape = shape;
        this.values = values;
    }

    /** The sizes, outermost first. */
    public int[] shape() {
        return shape.clone();
    }

    /** The values themselves, not a copy. */
    public float[] values() {
        return values;
    }

    /** Whether the tensor has this shape. */
    public boolean hasShape(int... sizes) {
        return Arrays.equals(shape, sizes);
    }

    /** A shape as text, such as {@code [64, 3, 7, 7]}, shortened if it is longer than any weight's. */
    static String describe(int... shape) {
        return Arrays.stream(shape)
                .limit(MOST_SHOWN)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", shape.length > MOST_SHOWN ? ", …]" : "]"));
    }

    @Override
    public String toString() {
        return "Tensor" + describe(shape);
    }
}
