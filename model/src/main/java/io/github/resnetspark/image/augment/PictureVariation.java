package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that varies a training picture.
 *
 * @param augmentation which part of it is seen, and which way round
 * @param changes what else is done to it, in this order: first all that change pixels (of the part that is seen with random
 *     crops, else of the whole picture), then all that change the normalised picture
 */
public record PictureVariation(Augmentation augmentation, List<RandomChange> changes) implements Serializable {
    /** What evaluation does. */
    public static final PictureVariation NONE = of(Augmentation.NONE);

    public PictureVariation {
        changes = List.copyOf(changes);
    }

    /** @param changes in their order */
    public PictureVariation(Augmentation augmentation, RandomChange... changes) {
        this(augmentation, List.of(changes));
    }

    /** Without any other change. */
    public static PictureVariation of(Augmentation augmentation) {
        return new PictureVariation(augmentation);
    }

    /**
     * One random change of one training picture, such as other colours or a hole: of the pixels that the network will see, or
     * of its normalised planes. Whoever implements this overrides one of the two.
     *
     * <p>Everything random comes from {@code random}, which is the picture's own: what one change draws moves what later ones
     * draw. A change that changes nothing draws nothing.
     */
    public interface RandomChange extends Serializable {
        /** Changes the pixels in place, before they are normalised. */
        default void apply(RgbImage image, SplittableRandom random) {}

        /**
         * Changes the normalised picture in place.
         *
         * @param batch {@code [N, 3, S, S]}
         * @param offset where the picture {@code [3, S, S]} begins in it
         * @param size S
         */
        default void apply(float[] batch, int offset, int size, SplittableRandom random) {}
    }
}
