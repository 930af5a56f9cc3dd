package io.github.resnetspark.job.averaging;

/**
 * An exponential moving average of the averaged parameters over the rounds. Its decay grows from 0 as t / (t + 1), so that
 * the first rounds give their plain mean and the initial weights leave no trace (Tarvainen and Valpola, «Mean teachers are
 * better role models», 2017; averaging of SGD's iterates: Polyak and Juditsky 1992).
 *
 * @param decay d in [0, 1): the part of the average that a round leaves as it is, once enough rounds are done
 */
public record ExponentialAverage(double decay) {
    public ExponentialAverage {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("The decay is " + decay + " but must be in [0, 1).");
        }
    }

    /**
     * The average with one more round.
     *
     * @param average of the rounds before {@code [n]}; not read when there were none
     * @param rounds how many rounds it is of
     * @param parameters after this round {@code [n]}
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
