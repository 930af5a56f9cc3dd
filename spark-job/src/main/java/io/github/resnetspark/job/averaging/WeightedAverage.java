package io.github.resnetspark.job.averaging;

import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean of values, weighted by numbers of examples: Σ nᵢ·xᵢ / Σ nᵢ. It is summed in double precision in the order of
 * the indices of workers or replicas, so the result does not depend on the order of arrival. The weights are the nᵢ
 * divided by their greatest common divisor.
 *
 * @param values the means
 * @param isFinite whether none of them is infinite or NaN
 */
public record WeightedAverage(RawFloats values, boolean isFinite) {

    /** Number of values that are summed together, which fit into the L1 cache of a core. */
    private static final int AT_ONCE = 512;

    /**
     * The average of one slice.
     *
     * @param contributions of different workers, in any order, all of the same length; those without examples are
     *     ignored
     * @throws IllegalArgumentException if no contribution has examples, if lengths differ, or if a worker occurs twice
     */
    public static WeightedAverage of(Collection<Contribution> contributions) {
        List<Contribution> counted = contributions.stream()
                .filter(contribution -> contribution.examples() > 0)
                .sorted(Comparator.comparingInt(Contribution::worker))
                .toList();
        if (counted.isEmpty()) {
            throw new IllegalArgumentException(
                    "None of the " + contributions.size() + " workers trained on an example.");
        }
        requireOneOfEach(counted);
        FloatBuffer[] values = counted.stream()
                .map(contribution -> contribution.values().floats())
                .toArray(FloatBuffer[]::new);
        long[] examples = counted.stream().mapToLong(Contribution::examples).toArray();
        RawFloats average = RawFloats.zeros(values[0].capacity());
        return new WeightedAverage(average, write(values, examples, average.floats()));
    }

    /**
     * Writes the average of vectors over other vectors, which may be the same ones.
     *
     * @param values in the order in which they are summed, {@code [n]} each
     * @param examples number of examples of each vector, which is its weight; a vector with 0 does not count
     * @param averages each receives the average, {@code [n]}
     * @return whether all values of the average are finite
     * @throws IllegalArgumentException if there are no examples, or if lengths differ
     */
    public static boolean write(FloatBuffer[] values, long[] examples, FloatBuffer... averages) {
        int[] counted =
                IntStream.range(0, values.length).filter(i -> examples[i] > 0).toArray();
        if (counted.length == 0) {
            throw new IllegalArgumentException("None of the " + values.length + " vectors was trained on an example.");
        }
        long unit = Arrays.stream(counted)
                .mapToObj(i -> BigInteger.valueOf(examples[i]))
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .longValueExact();
        long[] weights =
                Arrays.stream(counted).mapToLong(i -> examples[i] / unit).toArray();
        FloatBuffer[] summed = Arrays.stream(counted).mapToObj(i -> values[i]).toArray(FloatBuffer[]::new);
        requireSameLength(summed, averages);
        return write(summed, weights, Arrays.stream(weights).reduce(0, Math::addExact), averages);
    }

    private static boolean write(FloatBuffer[] values, long[] weights, long total, FloatBuffer... averages) {
        int length = values[0].capacity();
        double[] sum = new double[AT_ONCE];
        // Copying pieces to an array and back is faster than access by index, which the JIT does not vectorize.
        float[] piece = new float[AT_ONCE];
        int largestExponent = 0;
        for (int from = 0; from < length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, length - from);
            values[0].get(from, piece, 0, count);
            weigh((double) weights[0], piece, count, sum);
            for (int i = 1; i < values.length; i++) {
                values[i].get(from, piece, 0, count);
                add((double) weights[i], piece, count, sum);
            }
            divide(sum, total, piece, count);
            largestExponent = Math.max(largestExponent, largestExponent(piece, count));
            for (FloatBuffer average : averages) {
                average.put(from, piece, 0, count);
            }
        }
        return largestExponent != RawFloats.EXPONENT;
    }

    private static void weigh(double weight, float[] values, int count, double[] sum) {
        for (int i = 0; i < count; i++) {
            sum[i] = weight * values[i];
        }
    }

    private static void add(double weight, float[] values, int count, double[] sum) {
        for (int i = 0; i < count; i++) {
            sum[i] += weight * values[i];
        }
    }

    private static void divide(double[] sum, long total, float[] quotients, int count) {
        // The inverse of a power of two is exact, and multiplying is several times as fast. That is the case for 2, 4
        // or 8 workers with equal shares.
        if (Long.bitCount(total) == 1) {
            double inverse = 1.0 / total;
            for (int i = 0; i < count; i++) {
                quotients[i] = (float) (sum[i] * inverse);
            }
        } else {
            for (int i = 0; i < count; i++) {
                quotients[i] = (float) (sum[i] / total);
            }
        }
    }

    /** The largest exponent, at the position of the exponent bits of a float. */
    private static int largestExponent(float[] values, int count) {
        int exponent = 0;
        for (int i = 0; i < count; i++) {
            // An early exit would cost more than checking all values.
            exponent = Math.max(exponent, Float.floatToRawIntBits(values[i]) & RawFloats.EXPONENT);
        }
        return exponent;
    }

    private static void requireSameLength(FloatBuffer[] values, FloatBuffer... averages) {
        int length = values[0].capacity();
        Stream.concat(Arrays.stream(values), Arrays.stream(averages)).forEach(other -> {
            if (other.capacity() != length) {
                throw new IllegalArgumentException(
                        "One vector has " + other.capacity() + " values but another one has " + length + ".");
            }
        });
    }

    /** @param counted in worker order */
    private static void requireOneOfEach(List<Contribution> counted) {
        Contribution first = counted.get(0);
        int previous = -1;
        for (Contribution contribution : counted) {
            if (contribution.worker() == previous) {
                throw new IllegalArgumentException("Worker " + previous + " contributes twice.");
            }
            if (contribution.values().length() != first.values().length()) {
                throw new IllegalArgumentException("Worker " + contribution.worker() + " sent "
                        + contribution.values().length() + " values but worker " + first.worker() + " sent "
                        + first.values().length() + ".");
            }
            previous = contribution.worker();
        }
    }
}
