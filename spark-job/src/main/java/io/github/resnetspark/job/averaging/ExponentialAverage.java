package io.github.resnetspark.job.averaging;

/**
 * An exponential moving average of the averaged parameters over the rounds (Tarvainen and Valpola, "Mean teachers are
 * better role models", 2017; averaging of the iterates of SGD: Polyak and Juditsky 1992). Its decay grows from 0 as t /
 * (t + 1). So it is the plain mean of the first rounds, and the initial weights have no effect.
 *
 * @param decay d in [0, 1): weight of the previous average in each round, after the first rounds
 */
public record ExponentialAverage(double decay) {
    public ExponentialAverage {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("The decay is " + decay + " but must be in [0, 1).");
        }
    }

    /**
     * The average after one more round.
     *
     * @param average of the previous rounds, {@code [n]}; ignored if there were none
     * @param rounds number of rounds in {@code average}
     * @param parameters after this round, {@code [n]}
     */
    public float[] with(float[] average, long rounds, float[] parameters) {
        double kept = Math.min(decay, rounds / (rounds + 1.0));
        float[] next = parameters.clone();
        if (kept > 0) {
            for (int i = 0; i < next.length; i++) {
                next[i] = (float) (kept * average[i] + (1 - kept) * parameters[i]);
            }
        }
        return next;
    }
}
