package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;

/**
 * The section {@code train}: how long, and in which portions.
 *
 * @param epochs passes over the training pictures
 * @param batchSizePerWorker pictures of one minibatch of one worker
 * @param seed of everything random: initial weights, order of the pictures, augmentation
 * @param labelSmoothing share of the probability that the target spreads over all classes, in [0, 1)
 * @param validateEvery epochs from one validation to the next; the last epoch is always validated
 * @param earlyStop validations in a row without a better top-1 after which the run ends; 0 for never
 * @param earlyStopDelta how much better, as a share of the pictures, counts as better, in [0, 1)
 * @param trainingErrorExamples training pictures that are classified with every validation, for the training error; 0 for
 *     none
 */
public record TrainSettings(
        int epochs,
        int batchSizePerWorker,
        long seed,
        double labelSmoothing,
        int validateEvery,
        int earlyStop,
        double earlyStopDelta,
        int trainingErrorExamples)
        implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static TrainSettings from(RecipeSection section) {
        return new TrainSettings(
                section.integer(
                        "epochs",
                        90,
                        Range.atLeast(1),
                        "Set it to the number of passes over the training pictures, e.g. 90."),
                section.integer(
                        "batch-size-per-worker",
                        32,
                        Range.atLeast(1),
                        "Set it to what one worker's memory holds, e.g. 32."),
                section.longInteger("seed", 1, Range.any(), "Set it to any whole number, e.g. 1."),
                section.decimal(
                        "label-smoothing",
                        0.0,
                        Range.atLeast(0).below(1),
                        "Set it to 0 for none or to a small share, e.g. 0.1."),
                section.integer(
                        "validate-every",
                        1,
                        Range.atLeast(1),
                        "Set it to the epochs from one validation to the next, e.g. 1."),
                section.integer(
                        "early-stop",
                        0,
                        Range.atLeast(0),
                        "Set it to 0 for never or to the validations in a row without a better one that end the run,"
                                + " e.g. 5."),
                section.decimal(
                        "early-stop-delta",
                        0.0,
                        Range.atLeast(0).below(1),
                        "Set it to 0 or to the least gain in top-1 that counts, e.g. 0.001."),
                section.integer(
                        "training-error-examples",
                        0,
                        Range.atLeast(0),
                        "Set it to 0 for none or to the training pictures that are classified with every validation,"
                                + " e.g. 10000."));
    }
}
