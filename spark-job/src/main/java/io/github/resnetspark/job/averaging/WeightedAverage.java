package io.github.resnetspark.job.averaging;

import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The mean of the workers' values, weighted by their numbers of examples: Σ nᵢ·xᵢ / Σ nᵢ. It is summed in double
 * precision in the order of the workers' indices, so the result does not depend on the order of arrival. The weights
 * are the nᵢ divided by their greatest common divisor.
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
        long unit = counted.stream()
                .map(contribution -> BigInteger.valueOf(contribution.examples()))
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .longValueExact();
        FloatBuffer[] values = counted.stream()
                .map(contribution -> contribution.values().floats())
                .toArray(FloatBuffer[]::new);
        long[] weights = counted.stream()
                .mapToLong(contribution -> contribution.examples() / unit)
                .toArray();
        return of(values, weights, Arrays.stream(weights).reduce(0, Math::addExact));
    }

    private static WeightedAverage of(FloatBuffer[] values, long[] weights, long total) {
        int length = values[0].capacity();
        RawFloats average = RawFloats.zeros(length);
        FloatBuffer means = average.floats();
        double[] sum = new double[AT_ONCE];
        int largestExponent = 0;
        for (int from = 0; from < length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, length - from);
            weigh((double) weights[0], values[0], from, count, sum);
            for (int i = 1; i < values.length; i++) {
                add((double) weights[i], values[i], from, count, sum);
            }
            largestExponent = Math.max(largestExponent, divide(sum, total, means, from, count));
        }
        return new WeightedAverage(average, largestExponent != RawFloats.EXPONENT);
    }

    private static void weigh(double weight, FloatBuffer values, int from, int count, double[] sum) {
        for (int i = 0; i < count; i++) {
            sum[i] = weight * values.get(from + i);
        }
    }

    private static void add(double weight, FloatBuffer values, int from, int count, double[] sum) {
        for (int i = 0; i < count; i++) {
            sum[i] += weight * values.get(from + i);
        }
    }

    /** @return the largest exponent of the quotients, at the position of the exponent bits of a float */
    private static int divide(double[] sum, long total, FloatBuffer quotients, int from, int count) {
        // The inverse of a power of two is exact, and multiplying is several times as fast. That is the case for 2, 4
        // or 8 workers with equal shares.
        boolean exact = Long.bitCount(total) == 1;
        double inverse = 1.0 / total;
        int exponent = 0;
        for (int i = 0; i < count; i++) {
            float quotient = (float) (exact ? sum[i] * inverse : sum[i] / total);
            quotients.put(from + i, quotient);
            // An early exit would cost more than checking all values.
            exponent = Math.max(exponent, Float.floatToRawIntBits(quotient) & RawFloats.EXPONENT);
        }
        return exponent;
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
