package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;

/** The section {@code train}: how long to train, in which batches, and when to validate. Each component is the key of the same name. */
public record TrainSettings(
        int epochs,
        int batchSizePerReplica,
        long seed,
        double labelSmoothing,
        int validateEvery,
        int earlyStop,
        double earlyStopDelta,
        int trainingErrorExamples)
        implements Serializable {
    private static final Setting<Integer> EPOCHS = Setting.integer("epochs")
            .within(Range.atLeast(1))
            .orElse(90)
            .help("Passes over the training pictures. Raising it for a resumed run stretches the rest of the"
                    + " learning-rate schedule.")
            .remedy("Set it to the number of passes over the training pictures, e.g. 90.");

    private static final Setting<Integer> BATCH_SIZE_PER_REPLICA = Setting.integer("batch-size-per-replica")
            .unit("pictures")
            .within(Range.atLeast(1))
            .orElse(32)
            .help("Pictures in one minibatch of one replica.")
            .remedy("Set it to a number that fits into one replica's memory, e.g. 32.");

    private static final Setting<Long> SEED = Setting.longInteger("seed")
            .orElse(1L)
            .help("Random seed for everything: initial weights, order of the pictures, augmentation.")
            .remedy("Set it to any whole number, e.g. 1.");

    private static final Setting<Double> LABEL_SMOOTHING = Setting.decimal("label-smoothing")
            .within(Range.atLeast(0).below(1))
            .orElse(0.1)
            .help("Share of the target probability that is spread over all classes.")
            .remedy("Set it to 0 for none, or to a small share, e.g. 0.1.");

    private static final Setting<Integer> VALIDATE_EVERY = Setting.integer("validate-every")
            .unit("epochs")
            .within(Range.atLeast(1))
            .orElse(1)
            .help("Epochs between two validations. The last epoch is always validated.")
            .remedy("Set it to the number of epochs between two validations, e.g. 1.");

    private static final Setting<Integer> EARLY_STOP = Setting.integer("early-stop")
            .unit("validations")
            .within(Range.atLeast(0))
            .orElse(0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Stop after this many validations in a row without a better top-1. 0 for never.")
            .remedy("Set it to 0 for never, or to the number of validations without a better top-1 after which to"
                    + " stop, e.g. 5.");

    private static final Setting<Double> EARLY_STOP_DELTA = Setting.decimal("early-stop-delta")
            .within(Range.atLeast(0).below(1))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Smallest gain in top-1 that counts as better, as a share of the pictures.")
            .remedy("Set it to 0, or to the smallest gain in top-1 that counts, e.g. 0.001.");

    private static final Setting<Integer> TRAINING_ERROR_EXAMPLES = Setting.integer("training-error-examples")
            .unit("pictures")
            .within(Range.atLeast(0))
            .orElse(0)
            .identity(Identity.NEVER)
            .help("Training pictures that every validation also classifies, to measure the training error,"
                    + " rounded up to whole minibatches of all workers. 0 for none.")
            .remedy("Set it to 0 for none, or to the number of training pictures that every validation classifies,"
                    + " e.g. 10000.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "train",
            "How long to train, in which batches, and when to validate.",
            List.of(
                    EPOCHS,
                    BATCH_SIZE_PER_REPLICA,
                    SEED,
                    LABEL_SMOOTHING,
                    VALIDATE_EVERY,
                    EARLY_STOP,
                    EARLY_STOP_DELTA,
                    TRAINING_ERROR_EXAMPLES));

    static TrainSettings from(RecipeSection section) {
        return new TrainSettings(
                section.value(EPOCHS),
                section.value(BATCH_SIZE_PER_REPLICA),
                section.value(SEED),
                section.value(LABEL_SMOOTHING),
                section.value(VALIDATE_EVERY),
                section.value(EARLY_STOP),
                section.value(EARLY_STOP_DELTA),
                section.value(TRAINING_ERROR_EXAMPLES));
    }
}
