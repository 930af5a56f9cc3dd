package io.github.resnetspark.weights;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Float32 values and their shape, row-major: the last index runs fastest. */
public final class Tensor {
    private static final int MOST_SHOWN = 16;

    private final int[] shape;
    private final float[] values;

    /**
     * Takes over both arrays without a copy.
     *
     * @param shape the sizes, outermost first; empty for a single number
     * @param values as many as the product of the sizes
     */
    public Tensor(int[] shape, float[] values) {
        long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "shape " + describe(shape) + " has " + count + " values, not " + values.length);
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

    /** Whether the sizes are these. */
    public boolean hasShape(int... sizes) {
        return Arrays.equals(shape, sizes);
    }

    /** A shape as people write it: {@code [64, 3, 7, 7]}; only the start of one that no weight has. */
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
