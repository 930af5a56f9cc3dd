package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.network.LayerTable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How many values batch normalisation has of a channel, where it has fewest: pictures of a minibatch × pixels. A single value is
 * its own mean, so that whatever it was becomes 0 and nothing below the layer learns. Of two, one becomes 1 and the other −1, whatever
 * they were. Pure.
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
     * Why a run would learn nothing, if it would: each minibatch of it leaves a layer one value of a channel.
     *
     * @param examples of the training split
     */
    public static Optional<String> problem(Recipe recipe, long examples) {
        return of(recipe, examples).flatMap(NormalizedValues::problem);
    }

    /**
     * What a run would learn little or nothing of: minibatches that leave a layer two values of a channel, or a last one of an epoch
     * that leaves it one.
     *
     * @param examples of the training split
     */
    public static Optional<String> note(Recipe recipe, long examples) {
        return of(recipe, examples).flatMap(NormalizedValues::note);
    }

    private static Optional<NormalizedValues> of(Recipe recipe, long examples) {
        OptionalLong side = LayerTable.of(recipe.model()).layers().stream()
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
        return Optional.of(
                recipe.train().batchSizePerWorker() == 1
                        ? "train.batch-size-per-worker is 1 but" + shrinks()
                                + ", and batch normalisation over one value learns nothing. Set"
                                + " train.batch-size-per-worker to at least 4, or raise model.input."
                        : "The shards have 1 picture to train on but" + shrinks()
                                + ", and batch normalisation over one value learns nothing. Prepare more pictures.");
    }

    private Optional<String> note() {
        if (largest() * pixels == 2) {
            return Optional.of(
                    "Minibatches have at most 2 pictures and" + shrinks()
                            + "; batch normalisation over two values hardly learns. Set train.batch-size-per-worker to at least 4.");
        }
        if (largest() * pixels > 2 && smallest() * pixels == 1) {
            return Optional.of("The last minibatch of an epoch has 1 picture and" + shrinks()
                    + ", so nothing is learned from that picture in that epoch. Another train.batch-size-per-worker"
                    + " avoids that.");
        }
        return Optional.empty();
    }

    private String shrinks() {
        return " a picture of " + recipe.model().input() + " × "
                + recipe.model().input() + " pixels becomes " + side + " × " + side + " in the network";
    }

    private long largest() {
        return Math.min(recipe.train().batchSizePerWorker(), examples);
    }

    /** Of the last round of an epoch, which is cut into as few minibatches of nearly equal size as it takes. */
    private long smallest() {
        long batch = recipe.train().batchSizePerWorker();
        return IntStream.concat(
                        IntStream.of(recipe.averaging().warmupEvery()),
                        recipe.averaging().every().stream().mapToInt(Integer::intValue))
                .mapToLong(every -> {
                    long last = examples % (batch * recipe.cluster().workers() * every);
                    return last == 0 ? batch : last / ((last + batch - 1) / batch);
                })
                .min()
                .orElse(batch);
    }
}
