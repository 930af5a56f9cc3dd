package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The section {@code optimizer}: SGD with Nesterov momentum, and its learning-rate schedule. Each component is the key of the same
 * name.
 *
 * @param partFactors factors of the learning rate by part of the network: {@code rate-factors} and {@code freeze}
 */
public record OptimizerSettings(
        double learningRate,
        int learningRateBatch,
        double momentum,
        double weightDecay,
        double clipNorm,
        double lars,
        Map<String, Double> partFactors,
        Schedule schedule,
        double warmupEpochs,
        List<Double> milestones,
        double factor)
        implements Serializable {

    private static final double FROM_SCRATCH = 0.1;
    /** Weights that are good already must not be lost in the first epochs. */
    private static final double CONTINUING = 0.01;

    private static final double LONGEST_WARMUP = 5;
    private static final double WARMUP_SHARE = 0.05;

    /** He et al. 2015 use 1e-4 for all networks. Those for small pictures reach their best published accuracies with more. */
    private static final double CIFAR_DECAY = 5e-4;

    private static final double IMAGENET_DECAY = 1e-4;

    /** A warm-up starts at this fraction of the peak, as in torchvision's reference training. */
    private static final double WARMUP_START = 0.01;

    private static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate")
            .within(Range.above(0))
            .defaultInWords("`0.1`; `0.01` if training continues another model")
            .help("Peak learning rate at a global batch of `optimizer.learning-rate-batch` pictures. It scales"
                    + " linearly with the global batch: `cluster.workers` × `cluster.replicas` ×"
                    + " `train.batch-size-per-replica`.")
            .remedy("Set it to a small positive number, e.g. 0.1.");

    private static final Setting<Integer> LEARNING_RATE_BATCH = Setting.integer("learning-rate-batch")
            .unit("pictures")
            .within(Range.atLeast(1))
            .orElse(256)
            .help("Global batch that `optimizer.learning-rate` is meant for.")
            .remedy("Set it to the global batch that the learning rate is meant for, e.g. 256.");

    private static final Setting<Double> MOMENTUM = Setting.decimal("momentum")
            .within(Range.atLeast(0).below(1))
            .orElse(0.9)
            .help("Nesterov momentum of each worker's steps. 0 for none.")
            .remedy("Set it to 0 for none, or to less than 1, e.g. 0.9.");

    private static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weight-decay")
            .within(Range.atLeast(0))
            .defaultInWords("`1e-4`; `5e-4` in the CIFAR families")
            .help("Coupled L2 penalty on convolution and fully connected weights. Biases and batch normalisation"
                    + " are exempt.")
            .remedy("Set it to 0 for none, or to a small number, e.g. 1e-4.");

    private static final Setting<Double> CLIP_NORM = Setting.decimal("clip-norm")
            .within(Range.atLeast(0))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Largest norm of a minibatch's gradient, not counting batch normalisation. 0 for no clipping.")
            .remedy("Set it to 0 for no clipping, or to the largest norm of a gradient, e.g. 1.");

    private static final Setting<Double> LARS = Setting.decimal("lars")
            .within(Range.atLeast(0))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Trust coefficient of LARS, for global batches of several thousand pictures: the rate of each weight"
                    + " tensor is multiplied by coefficient × norm of the weights / norm of their gradient with weight"
                    + " decay. Biases and batch normalisation keep the rate. 0 for plain SGD.")
            .remedy(
                    "Set it to 0 for plain SGD, or to e.g. 0.001, and the learning rate to what is published for LARS.");

    private static final Setting<Schedule> SCHEDULE = Setting.choice("schedule", Schedule.class)
            .orElse(Schedule.COSINE)
            .help("Learning rate after the warm-up: drops at the milestones, half a cosine to 0, a straight line"
                    + " to 0, or a linear triangle.")
            .remedy("Choose the schedule that the published recipe uses.");

    private static final Setting<Double> WARMUP_EPOCHS = Setting.decimal("warmup-epochs")
            .within(Range.atLeast(0))
            .defaultInWords("a twentieth of `train.epochs`, at most `5`; `0` if training continues another model")
            .identity(Identity.IF_SET)
            .help("Epochs in which the learning rate rises linearly from 1 % of the peak to the peak. Fractions of"
                    + " an epoch are allowed.")
            .remedy("Set it to 0 for none, or to a few epochs, e.g. 5.");

    private static final Setting<List<Double>> MILESTONES = Setting.decimals("milestones")
            .within(Range.above(0).below(1))
            .must(OptimizerSettings::isRising, "in rising order")
            .orElse(List.of(0.333, 0.667, 0.889))
            .help("When the step schedule drops the learning rate: fractions of `train.epochs`.")
            .remedy("Write fractions of train.epochs in rising order, e.g. [0.333, 0.667, 0.889].");

    private static final Setting<Double> FACTOR = Setting.decimal("factor")
            .within(Range.above(0).upTo(1))
            .orElse(0.1)
            .help("Factor that each drop of the step schedule multiplies the learning rate by.")
            .remedy("Set it to the factor of each drop, e.g. 0.1.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "optimizer",
            "SGD with Nesterov momentum, and its learning-rate schedule.",
            List.of(
                    LEARNING_RATE,
                    LEARNING_RATE_BATCH,
                    MOMENTUM,
                    WEIGHT_DECAY,
                    CLIP_NORM,
                    LARS,
                    PartRates.FREEZE,
                    PartRates.RATE_FACTORS,
                    SCHEDULE,
                    WARMUP_EPOCHS,
                    MILESTONES,
                    FACTOR));

    /**
     * Reads the section.
     *
     * @param model the network, on whose family the usual weight decay depends
     * @param epochs of the run
     * @param continues whether training starts from the weights of another model
     */
    static OptimizerSettings from(RecipeSection section, ResNetSpec model, int epochs, boolean continues) {
        double warmup = continues ? 0 : Math.min(LONGEST_WARMUP, WARMUP_SHARE * epochs);
        double decay = model.family() == Family.IMAGENET ? IMAGENET_DECAY : CIFAR_DECAY;
        return new OptimizerSettings(
                section.value(LEARNING_RATE.orElse(continues ? CONTINUING : FROM_SCRATCH)),
                section.value(LEARNING_RATE_BATCH),
                section.value(MOMENTUM),
                section.value(WEIGHT_DECAY.orElse(decay)),
                section.value(CLIP_NORM),
                section.value(LARS),
                PartRates.from(section, model),
                section.value(SCHEDULE),
                section.value(WARMUP_EPOCHS.orElse(warmup)),
                section.value(MILESTONES),
                section.value(FACTOR));
    }

    /**
     * The highest learning rate of the run: the recipe's, scaled linearly to the global batch (Goyal et al. 2017).
     *
     * @param globalBatch pictures of one step of all workers together
     */
    public double peakLearningRate(int globalBatch) {
        return learningRate * globalBatch / learningRateBatch;
    }

    /**
     * The learning rate over the whole run.
     *
     * @param epochs of the run
     * @param globalBatch pictures of one step of all workers together
     */
    public LearningRateSchedule learningRateSchedule(int epochs, int globalBatch) {
        double peak = peakLearningRate(globalBatch);
        Warmup warmup = warmupEpochs == 0 ? Warmup.none() : new Warmup(warmupEpochs, peak * WARMUP_START);
        return schedule.of(new Schedule.Settings(peak, epochs, warmup, milestones, factor));
    }

    static boolean isRising(List<Double> milestones) {
        return IntStream.range(1, milestones.size()).allMatch(next -> milestones.get(next) > milestones.get(next - 1));
    }
}
