package io.github.resnetspark.job.recipe;

/** What happens to a training picture before the network sees it. */
public enum Augment {
    /** Resized and centre-cropped, as for evaluation. */
    NONE,
    /** Four black pixels around it, a random crop of the old size, flipped left to right half of the time. */
    PAD_CROP_FLIP,
    /** A random part of 8 to 100 % of its area, resized, flipped left to right half of the time. */
    RANDOM_RESIZED_CROP
}
