package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.NormalizedPlanes.Direction;
import io.github.resnetspark.image.Preprocessing;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Converts stored pictures to a network's input and augments them by a {@link PictureVariation}. The random numbers depend only on
 * the seed of each call, so a batch is the same whichever threads build it.
 *
 * <p>Not thread-safe: it keeps native memory between pictures.
 */
public final class TrainingTransform implements AutoCloseable {
    private final PictureVariation variation;
    private final Augmentation.Framing framing;
    private final int size;

    public TrainingTransform(PictureVariation variation, Preprocessing preprocessing) {
        this.variation = variation;
        this.framing = variation.augmentation().framing(preprocessing);
        this.size = preprocessing.inputSize();
    }

    /**
     * Decodes and writes one picture.
     *
     * @param encoded in a format that {@link ImageCodec#decode} reads
     * @param seed for all random numbers of this picture; derive it from the run's seed, the epoch and the example
     * @param batch {@code [N, 3, S, S]}
     * @param offset of the picture in the batch: its number times {@link Preprocessing#inputLength}
     * @throws ImageException if the picture cannot be decoded
     */
    public void apply(byte[] encoded, long seed, float[] batch, int offset) {
        apply(encoded, seed, Optional.empty(), batch, offset);
    }

    /**
     * The same, and says whether the picture is mirrored.
     *
     * @param direction drawn if it is empty
     */
    public void apply(byte[] encoded, long seed, Optional<Direction> direction, float[] batch, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        framing.write(
                encoded,
                direction,
                image -> variation.changes().forEach(change -> change.apply(image, random)),
                random,
                batch,
                offset);
        variation.changes().forEach(change -> change.apply(batch, offset, size, random));
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        framing.close();
    }
}
