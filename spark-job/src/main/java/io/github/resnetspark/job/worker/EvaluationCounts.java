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
     * One more picture. A probability that is not a number beats every class: what is not proven right is an error.
     *
     * @param probabilities {@code [classes]}
     * @param label its class
     */
    EvaluationCounts plus(float[] probabilities, int label) {
        int better = 0;
        for (int other = 0; other < probabilities.length; other++) {
            better += other != label && beats(probabilities, other, label) ? 1 : 0;
        }
        boolean known = !Float.isNaN(probabilities[label]);
        double loss = -Math.log(Math.max(probabilities[label], Float.MIN_NORMAL));
        return new EvaluationCounts(
                examples + 1,
                errors + (known && better < 1 ? 0 : 1),
                top5Errors + (known && better < 5 ? 0 : 1),
                lossSum + loss);
    }

    private static boolean beats(float[] probabilities, int other, int label) {
        // Of equal ones the first counts as the more probable, as an argmax has it.
        return probabilities[other] == probabilities[label]
                ? other < label
                : !(probabilities[other] < probabilities[label]);
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
