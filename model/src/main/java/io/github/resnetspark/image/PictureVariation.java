package io.github.resnetspark.image;

import java.io.Serializable;

/**
 * All that varies a training picture, in this order.
 *
 * @param augmentation which part of it is seen, and which way round
 * @param jitter of its colours: of the part that is seen with random crops, else of the whole picture
 * @param erasing of a rectangle
 */
public record PictureVariation(Augmentation augmentation, ColorJitter jitter, RandomErasing erasing)
        implements Serializable {
    /** What evaluation does. */
    public static final PictureVariation NONE = of(Augmentation.NONE);

    /** Without changes to the colours, and without holes. */
    public static PictureVariation of(Augmentation augmentation) {
        return new PictureVariation(augmentation, ColorJitter.NONE, RandomErasing.NONE);
    }
}
