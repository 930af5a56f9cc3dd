package io.github.resnetspark.job.averaging;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The mean of the workers' values, weighted by their examples: Σ nᵢ·xᵢ / Σ nᵢ, summed in double in the order of the
 * workers' indices, so that the result does not depend on who arrives first.
 */
public final class WeightedAverage {
    private WeightedAverage() {}

    /**
     * The average of one slice.
     *
     * @param contributions of distinct workers, in any order, all of one length; those without examples are ignored
     * @throws IllegalArgumentException if no contribution has examples, if lengths differ, or if a worker is there twice
     */
    public static float[] of(Collection<Contribution> contributions) {
        List<Contribution> counted = contributions.stream()
                .filter(contribution -> contribution.examples() > 0)
                .sorted(Comparator.comparingInt(Contribution::worker))
                .toList();
        if (counted.isEmpty()) {
            throw new IllegalArgumentException("none of " + contributions.size() + " workers trained on any example");
        }
        long examples = 0;
        double[] sum = new double[counted.get(0).values().length];
        int previous = -1;
        for (Contribution contribution : counted) {
            float[] values = contribution.values();
            if (contribution.worker() == previous) {
                throw new IllegalArgumentException("worker " + previous + " contributes twice");
            }
            if (values.length != sum.length) {
                throw new IllegalArgumentException("worker " + contribution.worker() + " sent " + values.length
                        + " values but worker " + counted.get(0).worker() + " sent " + sum.length);
            }
            previous = contribution.worker();
            examples = Math.addExact(examples, contribution.examples());
            double weight = contribution.examples();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * values[i];
            }
        }
        float[] average = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            average[i] = (float) (sum[i] / examples);
        }
        return average;
    }
}
