package io.github.resnetspark.job.worker;

import java.io.Serializable;

/**
 * How well a network does, as sums that can be added up.
 *
 * @param examples pictures seen
 * @param errors of them whose most probable class is another one
 * @param top5Errors of them whose class is not among the five most probable
 * @param lossSum the cross-entropy of all of them, in nats, summed
 */
public record EvaluationCounts(long examples, long errors, long top5Errors, double lossSum) implements Serializable {
    /** Nothing seen yet. */
    public static final EvaluationCounts NONE = new EvaluationCounts(0, 0, 0, 0);

    /** Both together. */
    public EvaluationCounts plus(EvaluationCounts other) {
        return new EvaluationCounts(
                examples + other.examples,
                errors + other.errors,
                top5Errors + other.top5Errors,
                lossSum + other.lossSum);
    }

    /**
     * One more picture.
     *
     * @param probabilities {@code [classes]}
     * @param label its class
     */
    EvaluationCounts plus(float[] probabilities, int label) {
        int better = 0;
        for (int other = 0; other < probabilities.length; other++) {
            // Of equal ones the first counts as the more probable, as an argmax has it.
            if (probabilities[other] > probabilities[label]
                    || (probabilities[other] == probabilities[label] && other < label)) {
                better++;
            }
        }
        double loss = -Math.log(Math.max(probabilities[label], Float.MIN_NORMAL));
        return new EvaluationCounts(
                examples + 1, errors + (better >= 1 ? 1 : 0), top5Errors + (better >= 5 ? 1 : 0), lossSum + loss);
    }

    /** The share of pictures whose most probable class is right, 0 to 1. */
    public double top1() {
        return (double) (examples - errors) / examples;
    }

    /** The share of pictures whose class is among the five most probable, 0 to 1. */
    public double top5() {
        return (double) (examples - top5Errors) / examples;
    }

    /** The mean cross-entropy in nats. */
    public double loss() {
        return lossSum / examples;
    }
}
