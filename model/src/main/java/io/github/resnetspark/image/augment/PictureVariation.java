package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The whole augmentation of training pictures.
 *
 * @param augmentation selects the part that the network sees
 * @param flip when a picture is mirrored
 * @param changes further changes in their order. Those of pixels run first: on the cropped part with random resized crops, else
 *     on the whole picture. Those of the normalised picture follow.
 */
public record PictureVariation(Augmentation augmentation, Flip flip, List<RandomChange> changes)
        implements Serializable {
    /** No augmentation: the same as evaluation. */
    public static final PictureVariation NONE = of(Augmentation.NONE);

    public PictureVariation {
        changes = List.copyOf(changes);
    }

    /** @param changes in their order */
    public PictureVariation(Augmentation augmentation, RandomChange... changes) {
        this(augmentation, Flip.RANDOM, List.of(changes));
    }

    /** Without further changes. */
    public static PictureVariation of(Augmentation augmentation) {
        return new PictureVariation(augmentation);
    }

    /**
     * One random change of a training picture, such as other colours or an erased rectangle. It changes either the pixels or the
     * normalised planes: an implementation overrides one of the two methods.
     *
     * <p>All random numbers come from {@code random}, which belongs to the picture. The numbers that one change draws shift those
     * of later changes, so a change that is switched off must draw none.
     */
    public interface RandomChange extends Serializable {
        /** Changes the pixels in place, before they are normalised. */
        default void apply(RgbImage image, SplittableRandom random) {}

        /**
         * Changes the normalised picture in place.
         *
         * @param batch {@code [N, 3, S, S]}
         * @param offset of the picture {@code [3, S, S]} in the batch
         * @param size S
         */
        default void apply(float[] batch, int offset, int size, SplittableRandom random) {}
    }
}
