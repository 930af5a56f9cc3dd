package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.QuadraticRule;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The section {@code averaging}: how often the replicas are averaged, and how the average is applied. Each component is the key of
 * the same name. {@code every} and {@code warmupEvery} are empty if the recipe does not set them.
 */
public record AveragingSettings(
        Optional<List<Integer>> every,
        List<Double> milestones,
        Optional<Integer> warmupEvery,
        double qsrAlpha,
        Optional<Integer> within,
        InnerMomentum momentum,
        double outerMomentum,
        double outerLearningRate,
        double ema) {

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
            .defaultInWords("`10`, or a replica's minibatches of an epoch if they are fewer")
            .help("Minibatches that each replica trains on between two averagings (H). 1 is large-batch SGD. At most a"
                    + " replica's minibatches of an epoch. A list has one value more than `averaging.milestones`:"
                    + " `[1, 10]` is post-local SGD.")
            .remedy("Set it to the number of minibatches between two averagings, e.g. 10.");

    private static final Setting<List<Double>> MILESTONES = Setting.decimals("milestones")
            .within(Range.above(0).below(1))
            .limitInWords("in rising order, one fewer than `averaging.every` has values")
            .defaultInWords(
                    "parts of equal length; with `optimizer.schedule = step`, the first of `optimizer.milestones`")
            .help("When `averaging.every` changes to its next value: fractions of `train.epochs`.")
            .remedy("Write fractions of train.epochs in rising order, one fewer than averaging.every has values,"
                    + " e.g. every = [1, 4, 16] and milestones = [0.1, 0.5].");

    private static final Setting<Integer> WARMUP_EVERY = Setting.integer("warmup-every")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .defaultInWords("the first value of `averaging.every`, raised by `averaging.qsr-alpha`")
            .help("Minibatches between two averagings during `optimizer.warmup-epochs`.")
            .remedy("Set it to the number of minibatches between two averagings during the warm-up, e.g. 1.");

    private static final Setting<Integer> WITHIN = Setting.integer("within")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .defaultInWords("the end of the round")
            .help("Minibatches between two averagings of the replicas of one worker, if `cluster.replicas` is above"
                    + " 1. They are averaged in the memory of their executor, without network traffic. 1 is"
                    + " large-batch SGD inside a worker.")
            .remedy("Set it to the number of minibatches between two averagings inside a worker, e.g. 1.");

    private static final Setting<Double> QSR_ALPHA = Setting.decimal("qsr-alpha")
            .within(Range.atLeast(0))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help(
                    "α of the Quadratic Synchronization Rule: as the learning rate falls, H rises to (α / learning rate)²,"
                            + " at most a replica's minibatches of an epoch. `averaging.every` is then the smallest H. 0"
                            + " for none.")
            .remedy("Set it to 0 for none, or to the peak learning rate times the square root of the smallest H, e.g."
                    + " 0.2.");

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
            List.of(
                    EVERY,
                    MILESTONES,
                    WARMUP_EVERY,
                    QSR_ALPHA,
                    WITHIN,
                    MOMENTUM,
                    OUTER_MOMENTUM,
                    OUTER_LEARNING_RATE,
                    EMA));

    /** @param optimizer decides when the interval changes if the section does not say so */
    static AveragingSettings from(RecipeSection section, OptimizerSettings optimizer) {
        List<Integer> every = section.value(EVERY);
        List<Double> milestones = milestones(section, every, optimizer);
        double qsrAlpha = section.value(QSR_ALPHA);
        // A default that depends on the learning rate is no part of a run's identity, which has α.
        Optional<Integer> warmupEvery = section.find(qsrAlpha > 0 ? WARMUP_EVERY : WARMUP_EVERY.orElse(every.get(0)));
        return new AveragingSettings(
                section.has(EVERY) ? Optional.of(every) : Optional.empty(),
                milestones,
                section.has(WARMUP_EVERY) ? warmupEvery : Optional.empty(),
                qsrAlpha,
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
     * @param rate learning rate of the run
     * @param epochMinibatches a replica's minibatches of an epoch, at least 1
     */
    AveragingSchedule schedule(int epochs, double warmupEpochs, LearningRateSchedule rate, int epochMinibatches) {
        return new AveragingSchedule(
                every.orElseGet(() -> EVERY.defaultValue().orElseThrow()),
                milestones,
                epochs,
                warmupEvery,
                warmupEpochs,
                qsrAlpha == 0 ? Optional.empty() : Optional.of(new QuadraticRule(qsrAlpha, rate)),
                epochMinibatches);
    }

    private static List<Double> milestones(RecipeSection section, List<Integer> every, OptimizerSettings optimizer) {
        int count = every.size() - 1;
        List<Double> changes = optimizer.schedule() == Schedule.STEP
                ? optimizer.milestones()
                : IntStream.rangeClosed(1, count)
                        .mapToObj(change -> change / (count + 1.0))
                        .toList();
        List<Double> milestones = section.value(MILESTONES.orElse(changes.subList(0, Math.min(count, changes.size()))));
        if (milestones.size() != count) {
            section.refuse(MILESTONES, milestones, "a list of " + count + (count == 1 ? " number" : " numbers"));
        }
        if (!OptimizerSettings.isRising(milestones)) {
            section.refuse(MILESTONES, milestones, "in rising order");
        }
        return milestones;
    }
}
