package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.util.List;

/**
 * The section {@code optimizer}: SGD with Nesterov momentum, and how its learning rate moves.
 *
 * @param learningRate the peak rate for a global batch of {@code learningRateBatch} pictures
 * @param learningRateBatch the global batch that {@code learningRate} is meant for; others scale it linearly
 * @param momentum Nesterov's, in [0, 1)
 * @param weightDecay coupled L2 of convolution and fully connected weights; biases and batch norm are spared
 * @param clipNorm the largest norm of the gradient of a minibatch, without batch normalisation\'s part; 0 for none
 * @param schedule what the rate does after the warm-up
 * @param warmupEpochs epochs of linear rise from a hundredth of the peak to the peak; parts of an epoch are allowed
 * @param milestones where a step schedule steps: rising fractions of all epochs, each in (0, 1)
 * @param factor what a step multiplies the rate by, in (0, 1]
 */
public record OptimizerSettings(
        double learningRate,
        int learningRateBatch,
        double momentum,
        double weightDecay,
        double clipNorm,
        Schedule schedule,
        double warmupEpochs,
        List<Double> milestones,
        double factor)
        implements Serializable {

    /** The part of the peak that a warm-up begins at, as in torchvision's reference training. */
    private static final double WARMUP_START = 0.01;

    private static final String MILESTONES_REMEDY =
            "Write rising fractions of train.epochs, e.g. [0.333, 0.667, 0.889].";

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static OptimizerSettings from(RecipeSection section) {
        return new OptimizerSettings(
                section.decimal("learning-rate", 0.1, Range.above(0), "Set it to a small positive number, e.g. 0.1."),
                section.integer(
                        "learning-rate-batch",
                        256,
                        Range.atLeast(1),
                        "Set it to the global batch that the learning rate is meant for, e.g. 256."),
                section.decimal(
                        "momentum",
                        0.9,
                        Range.atLeast(0).below(1),
                        "Set it to 0 for none or to less than 1, e.g. 0.9."),
                section.decimal(
                        "weight-decay",
                        1e-4,
                        Range.atLeast(0),
                        "Set it to 0 for none or to a small number, e.g. 1e-4."),
                section.decimal(
                        "clip-norm",
                        0.0,
                        Range.atLeast(0),
                        "Set it to 0 for none or to the largest norm of a gradient, e.g. 1."),
                section.choice("schedule", Schedule.STEP, "Choose the one that the recipe was published with."),
                section.decimal(
                        "warmup-epochs", 5, Range.atLeast(0), "Set it to 0 for none or to a few epochs, e.g. 5."),
                milestones(section),
                section.decimal(
                        "factor",
                        0.1,
                        Range.above(0).upTo(1),
                        "Set it to what a step multiplies the rate by, e.g. 0.1."));
    }

    /**
     * The highest learning rate of the run: the recipe's, scaled linearly to the global batch (Goyal et al. 2017).
     *
     * @param globalBatch pictures that all workers fit in one step together
     */
    public double peakLearningRate(int globalBatch) {
        return learningRate * globalBatch / learningRateBatch;
    }

    /**
     * The learning rate over the whole run.
     *
     * @param epochs of the run
     * @param globalBatch pictures that all workers fit in one step together
     */
    public LearningRateSchedule learningRateSchedule(int epochs, int globalBatch) {
        double peak = peakLearningRate(globalBatch);
        Warmup warmup = warmupEpochs == 0 ? Warmup.none() : new Warmup(warmupEpochs, peak * WARMUP_START);
        return schedule.of(new Schedule.Settings(peak, epochs, warmup, milestones, factor));
    }

    private static List<Double> milestones(RecipeSection section) {
        List<Double> milestones = section.decimals(
                "milestones", List.of(0.333, 0.667, 0.889), Range.above(0).below(1), MILESTONES_REMEDY);
        for (int next = 1; next < milestones.size(); next++) {
            if (milestones.get(next) <= milestones.get(next - 1)) {
                section.refuse("milestones", milestones, "rising", MILESTONES_REMEDY);
                break;
            }
        }
        return milestones;
    }
}
