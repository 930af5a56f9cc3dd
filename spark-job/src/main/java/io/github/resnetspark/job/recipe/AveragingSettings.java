package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.util.List;

/**
 * The section {@code averaging}: how often the workers meet, and what is made of their average.
 *
 * @param every minibatches that each worker fits between two averagings, 1 is large-batch SGD; with milestones, one value
 *     more than there are milestones
 * @param milestones where {@code every} goes on to its next value: rising fractions of all epochs, each in (0, 1)
 * @param warmupEvery the same during the learning rate's warm-up
 * @param momentum what becomes of the workers' momentum
 * @param outerMomentum Nesterov's, of the steps that rounds make, in [0, 1); 0 for none
 * @param outerLearningRate what a round's step is multiplied by; 1 takes the average as it is
 * @param ema decay per round of a moving average of the parameters that is validated beside them, in [0, 1); 0 for none
 */
public record AveragingSettings(
        List<Integer> every,
        List<Double> milestones,
        int warmupEvery,
        InnerMomentum momentum,
        double outerMomentum,
        double outerLearningRate,
        double ema)
        implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static AveragingSettings from(RecipeSection section) {
        List<Integer> every = every(section);
        return new AveragingSettings(
                every,
                milestones(section, every),
                section.integer(
                        "warmup-every",
                        every.get(0),
                        Range.atLeast(1),
                        "Set it to the minibatches between two averagings during the warm-up, e.g. 1."),
                section.choice(
                        "momentum", InnerMomentum.AVERAGE, "Choose average to go on with it, reset to begin anew."),
                section.decimal(
                        "outer-momentum",
                        0.0,
                        Range.atLeast(0).below(1),
                        "Set it to 0 for none or to less than 1, e.g. 0.6."),
                section.decimal(
                        "outer-learning-rate",
                        1.0,
                        Range.above(0),
                        "Set it to 1 to take the average as it is, or to less beside an outer momentum, e.g. 0.7."),
                section.decimal(
                        "ema", 0.0, Range.atLeast(0).below(1), "Set it to 0 for none or to less than 1, e.g. 0.99."));
    }

    /**
     * How often the workers meet over the whole run.
     *
     * @param epochs of the run
     * @param warmupEpochs of the learning rate
     */
    public AveragingSchedule schedule(int epochs, double warmupEpochs) {
        return new AveragingSchedule(every, milestones, epochs, warmupEvery, warmupEpochs);
    }

    private static List<Integer> every(RecipeSection section) {
        String remedy = "Set it to the minibatches that a worker fits between two averagings, e.g. 10.";
        List<Integer> every = section.integers("every", List.of(10), Range.atLeast(1), remedy);
        if (every.isEmpty()) {
            section.refuse("every", every, "at least one number", remedy);
            return List.of(10);
        }
        return every;
    }

    private static List<Double> milestones(RecipeSection section, List<Integer> every) {
        String remedy = "Write rising fractions of train.epochs, one fewer than every has values,"
                + " e.g. every = [1, 4, 16] and milestones = [0.1, 0.5].";
        List<Double> milestones =
                section.decimals("milestones", List.of(), Range.above(0).below(1), remedy);
        if (milestones.size() != every.size() - 1) {
            section.refuse("milestones", milestones, "a list of " + (every.size() - 1), remedy);
        }
        for (int next = 1; next < milestones.size(); next++) {
            if (milestones.get(next) <= milestones.get(next - 1)) {
                section.refuse("milestones", milestones, "rising", remedy);
                break;
            }
        }
        return milestones;
    }
}
