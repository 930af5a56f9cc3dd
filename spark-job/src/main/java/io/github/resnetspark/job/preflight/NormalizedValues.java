package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.schedule.EpochRounds;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.PreflightNotices;
import io.github.resnetspark.network.LayerTable;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The number of values per channel that batch normalisation averages, in the layer with the fewest: pictures of a minibatch × pixels.
 * A single value is its own mean, so it always becomes 0 and no layer below learns anything. Two values always become 1 and −1.
 * Pure.
 */
public final class NormalizedValues {
    private static final String BATCH_NORM = "batch-norm";

    private final Recipe recipe;
    private final long examples;
    private final long pixels;
    private final long side;

    private NormalizedValues(Recipe recipe, long examples, long side) {
        this.recipe = recipe;
        this.examples = examples;
        this.side = side;
        this.pixels = side * side;
    }

    /**
     * The error if a run would learn nothing: every minibatch leaves a layer only one value per channel.
     *
     * @param examples of the training split
     */
    public static Optional<String> problem(Recipe recipe, long examples) {
        return of(recipe, examples).flatMap(NormalizedValues::problem);
    }

    /**
     * A warning if a run learns little or nothing from some minibatches: if they leave a layer two values per channel, or if the last
     * minibatch of an epoch leaves it one.
     *
     * @param examples of the training split
     */
    public static Optional<String> note(Recipe recipe, long examples) {
        return of(recipe, examples).flatMap(NormalizedValues::note);
    }

    private static Optional<NormalizedValues> of(Recipe recipe, long examples) {
        OptionalLong side =
                LayerTable.of(recipe.model().withInput(recipe.data().trainSize().smallest())).layers().stream()
                        .filter(row -> row.kind().equals(BATCH_NORM))
                        .mapToLong(row -> row.outputShape().get(1))
                        .min();
        return side.isPresent() && examples > 0
                ? Optional.of(new NormalizedValues(recipe, examples, side.getAsLong()))
                : Optional.empty();
    }

    private Optional<String> problem() {
        if (largest() * pixels > 1) {
            return Optional.empty();
        }
        return Optional.of(PreflightFailures.oneValuePerChannel(
                recipe.train().batchSizePerReplica(), recipe.data().trainSize().smallest(), side));
    }

    private Optional<String> note() {
        if (largest() * pixels == 2) {
            return Optional.of(PreflightNotices.twoValuesPerChannel(
                    recipe.data().trainSize().smallest(), side));
        }
        if (largest() * pixels > 2 && pixels == 1 && hasMinibatchOfOne()) {
            return Optional.of(PreflightNotices.lastMinibatchOfOne(
                    recipe.data().trainSize().smallest(), side));
        }
        return Optional.empty();
    }

    private long largest() {
        return Math.min(recipe.train().batchSizePerReplica(), examples);
    }

    /** Whether the last round of an epoch, which has the fewest possible minibatches of nearly equal size, has one of a single picture. */
    private boolean hasMinibatchOfOne() {
        long batch = recipe.train().batchSizePerReplica();
        return EpochRounds.of(
                        recipe.averagingInterval(examples), recipe.train().epochs(), examples, recipe.globalBatch())
                .stream()
                .mapToLong(EpochRounds::last)
                .anyMatch(last -> last / ((last + batch - 1) / batch) == 1);
    }
}
