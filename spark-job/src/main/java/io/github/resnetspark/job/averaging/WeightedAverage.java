package io.github.resnetspark.job.averaging;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The mean of the workers' values, weighted by their examples: Σ nᵢ·xᵢ / Σ nᵢ, summed in double in the order of the
 * workers' indices, so that the result does not depend on who arrives first. Weights are the nᵢ without their common factor.
 */
public final class WeightedAverage {
    private WeightedAverage() {}

    /** Values that are summed together: few enough to stay in the processor's cache for every worker. */
    private static final int AT_ONCE = 4096;

    /**
     * The average of one slice.
     *
     * @param contributions of distinct workers, in any order, all of one length; those without examples are ignored
     * @throws IllegalArgumentException if no contribution has examples, if lengths differ, or if a worker is there twice
     */
    public static RawFloats of(Collection<Contribution> contributions) {
        List<Contribution> counted = contributions.stream()
                .filter(contribution -> contribution.examples() > 0)
                .sorted(Comparator.comparingInt(Contribution::worker))
                .toList();
        if (counted.isEmpty()) {
            throw new IllegalArgumentException("none of " + contributions.size() + " workers trained on any example");
        }
        requireOneOfEach(counted);
        int length = counted.get(0).values().length();
        RawFloats average = RawFloats.zeros(length);
        long unit = counted.stream()
                .map(contribution -> BigInteger.valueOf(contribution.examples()))
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .longValueExact();
        long weights = counted.stream().mapToLong(Contribution::examples).reduce(0, Math::addExact) / unit;
        double[] sum = new double[AT_ONCE];
        float[] values = new float[AT_ONCE];
        for (int from = 0; from < length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, length - from);
            Arrays.fill(sum, 0);
            for (Contribution contribution : counted) {
                contribution.values().get(from, values, 0, count);
                add(contribution.examples() / unit, values, sum);
            }
            divide(sum, weights, values);
            average.set(from, values, 0, count);
        }
        return average;
    }

    private static void add(long weight, float[] values, double[] sum) {
        double factor = weight;
        for (int i = 0; i < AT_ONCE; i++) {
            sum[i] += factor * values[i];
        }
    }

    private static void divide(double[] sum, long weights, float[] quotients) {
        if (Long.bitCount(weights) == 1) {
            // As exact as a division, which takes several times as long: so with 2, 4, 8 workers of equal shares.
            double inverse = 1.0 / weights;
            for (int i = 0; i < AT_ONCE; i++) {
                quotients[i] = (float) (sum[i] * inverse);
            }
        } else {
            for (int i = 0; i < AT_ONCE; i++) {
                quotients[i] = (float) (sum[i] / weights);
            }
        }
    }

    /** @param counted in the order of the workers */
    private static void requireOneOfEach(List<Contribution> counted) {
        Contribution first = counted.get(0);
        int previous = -1;
        for (Contribution contribution : counted) {
            if (contribution.worker() == previous) {
                throw new IllegalArgumentException("worker " + previous + " contributes twice");
            }
            if (contribution.values().length() != first.values().length()) {
                throw new IllegalArgumentException("worker " + contribution.worker() + " sent "
                        + contribution.values().length() + " values but worker " + first.worker() + " sent "
                        + first.values().length());
            }
            previous = contribution.worker();
        }
    }
}
