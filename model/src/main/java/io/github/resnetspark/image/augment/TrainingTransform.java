package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Preprocessing;
import java.util.SplittableRandom;

/**
 * Stored pictures to a network's input, varied by a {@link PictureVariation}. What is drawn depends on the seed of each
 * call and on nothing else, so a batch is the same whichever threads made it.
 *
 * <p>Unlike the rest of this package it is for one thread, as it keeps native memory from picture to picture.
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
     * @param encoded as {@link ImageCodec#decode} reads it
     * @param seed the source of all randomness of this picture; mix the run's seed, the epoch and the example into it
     * @param batch {@code [N, 3, S, S]}
     * @param offset where the picture begins: its number in the batch times {@link Preprocessing#inputLength}
     * @throws ImageException if it cannot be decoded
     */
    public void apply(byte[] encoded, long seed, float[] batch, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        framing.write(
                encoded,
                image -> variation.changes().forEach(change -> change.apply(image, random)),
                random,
                batch,
                offset);
        variation.changes().forEach(change -> change.apply(batch, offset, size, random));
    }

    /** Gives the native memory back. */
    @Override
    public void close() {
        framing.close();
    }
}
