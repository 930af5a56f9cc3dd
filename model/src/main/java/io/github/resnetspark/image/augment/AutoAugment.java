package io.github.resnetspark.image.augment;

/** The ways to draw operations on a training picture, such as shears, rotations and other tones. */
public enum AutoAugment {
    /** No such operation. */
    NONE,
    /** {@link TrivialAugment}. */
    TRIVIAL_AUGMENT,
    /** {@link RandAugment}. */
    RAND_AUGMENT
}
