package io.github.resnetspark.job.averaging;

import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The mean of the workers' values, weighted by their examples: Σ nᵢ·xᵢ / Σ nᵢ, summed in double in the order of the
 * workers' indices, so that the result does not depend on who arrives first. Weights are the nᵢ without their common factor.
 *
 * @param values the means
 * @param isFinite whether none of them is infinite or no number
 */
public record WeightedAverage(RawFloats values, boolean isFinite) {

    /** Values that are summed together: few enough to stay in a core's nearest cache. */
    private static final int AT_ONCE = 512;

    /**
     * The average of one slice.
     *
     * @param contributions of distinct workers, in any order, all of one length; those without examples are ignored
     * @throws IllegalArgumentException if no contribution has examples, if lengths differ, or if a worker is there twice
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

    /** @return the largest exponent of the quotients, in the place where floats have it */
    private static int divide(double[] sum, long total, FloatBuffer quotients, int from, int count) {
        // Of a power of two the inverse is exact, and several times as fast: so with 2, 4, 8 workers of equal shares.
        boolean exact = Long.bitCount(total) == 1;
        double inverse = 1.0 / total;
        int exponent = 0;
        for (int i = 0; i < count; i++) {
            float quotient = (float) (exact ? sum[i] * inverse : sum[i] / total);
            quotients.put(from + i, quotient);
            // Without a way out, which would cost more than to look at all.
            exponent = Math.max(exponent, Float.floatToRawIntBits(quotient) & RawFloats.EXPONENT);
        }
        return exponent;
    }

    /** @param counted in the order of the workers */
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
