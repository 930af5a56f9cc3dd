package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code averaging}: how often the replicas are averaged, and how the average is applied. Each component is the key of
 * the same name.
 */
public record AveragingSettings(
        List<Integer> every,
        List<Double> milestones,
        int warmupEvery,
        Optional<Integer> within,
        InnerMomentum momentum,
        double outerMomentum,
        double outerLearningRate,
        double ema)
        implements Serializable {

    /** What happens to the workers' momentum at each averaging. */
    public enum InnerMomentum {
        /** It is averaged like the parameters, and the next round continues with it (Yu et al. 2019). */
        AVERAGE,
        /** It is reset to 0 (one of the variants that Wang et al. compare in SlowMo, 2020). */
        RESET
    }

    private static final Setting<List<Integer>> EVERY = Setting.integers("every")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .must(every -> !every.isEmpty(), "at least one number")
            .orElse(List.of(10))
            .help("Minibatches that each worker trains on between two averagings (H). 1 is large-batch SGD. A list"
                    + " has one value more than `averaging.milestones`.")
            .remedy("Set it to the number of minibatches between two averagings, e.g. 10.");

    private static final Setting<List<Double>> MILESTONES = Setting.decimals("milestones")
            .within(Range.above(0).below(1))
            .limitInWords("in rising order, one fewer than `averaging.every` has values")
            .orElse(List.of())
            .help("When `averaging.every` changes to its next value: fractions of `train.epochs`.")
            .remedy("Write fractions of train.epochs in rising order, one fewer than averaging.every has values,"
                    + " e.g. every = [1, 4, 16] and milestones = [0.1, 0.5].");

    private static final Setting<Integer> WARMUP_EVERY = Setting.integer("warmup-every")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .defaultInWords("the first value of `averaging.every`")
            .help("Value of `averaging.every` during `optimizer.warmup-epochs`.")
            .remedy("Set it to the number of minibatches between two averagings during the warm-up, e.g. 1.");

    private static final Setting<Integer> WITHIN = Setting.integer("within")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .defaultInWords("the end of the round")
            .help("Minibatches between two averagings of the replicas of one worker, if `cluster.replicas` is above"
                    + " 1. They are averaged in the memory of their executor, without network traffic. 1 is"
                    + " large-batch SGD inside a worker.")
            .remedy("Set it to the number of minibatches between two averagings inside a worker, e.g. 1.");

    private static final Setting<InnerMomentum> MOMENTUM = Setting.choice("momentum", InnerMomentum.class)
            .orElse(InnerMomentum.AVERAGE)
            .help("What happens to the workers' momentum at each averaging: averaged like the parameters, or reset"
                    + " to 0.")
            .remedy("Choose average to keep the momentum, or reset to start each round without.");

    private static final Setting<Double> OUTER_MOMENTUM = Setting.decimal("outer-momentum")
            .within(Range.atLeast(0).below(1))
            .orElse(0.0)
            .help("Nesterov momentum across rounds. 0 for none.")
            .remedy("Set it to 0 for none, or to less than 1, e.g. 0.6.");

    private static final Setting<Double> OUTER_LEARNING_RATE = Setting.decimal("outer-learning-rate")
            .within(Range.above(0))
            .orElse(1.0)
            .help("Factor that multiplies the step of each round. 1 takes the average unchanged.")
            .remedy("Set it to 1 to take the average unchanged, or to less together with outer momentum, e.g. 0.7.");

    private static final Setting<Double> EMA = Setting.decimal("ema")
            .within(Range.atLeast(0).below(1))
            .orElse(0.0)
            .help("Decay per round of a moving average of the parameters, which is validated too. 0 for none.")
            .remedy("Set it to 0 for none, or to less than 1, e.g. 0.99.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "averaging",
            "How often the replicas are averaged, and how the average is applied.",
            List.of(EVERY, MILESTONES, WARMUP_EVERY, WITHIN, MOMENTUM, OUTER_MOMENTUM, OUTER_LEARNING_RATE, EMA));

    static AveragingSettings from(RecipeSection section) {
        List<Integer> every = section.value(EVERY);
        return new AveragingSettings(
                every,
                milestones(section, every),
                section.value(WARMUP_EVERY.orElse(every.get(0))),
                section.find(WITHIN),
                section.value(MOMENTUM),
                section.value(OUTER_MOMENTUM),
                section.value(OUTER_LEARNING_RATE),
                section.value(EMA));
    }

    /**
     * The averaging interval over the whole run.
     *
     * @param epochs of the run
     * @param warmupEpochs of the learning rate
     */
    public AveragingSchedule schedule(int epochs, double warmupEpochs) {
        return new AveragingSchedule(every, milestones, epochs, warmupEvery, warmupEpochs);
    }

    private static List<Double> milestones(RecipeSection section, List<Integer> every) {
        List<Double> milestones = section.value(MILESTONES);
        if (milestones.size() != every.size() - 1) {
            section.refuse(
                    MILESTONES,
                    milestones,
                    "a list of " + (every.size() - 1) + (every.size() == 2 ? " number" : " numbers"));
        }
        if (!OptimizerSettings.isRising(milestones)) {
            section.refuse(MILESTONES, milestones, "in rising order");
        }
        return milestones;
    }
}
