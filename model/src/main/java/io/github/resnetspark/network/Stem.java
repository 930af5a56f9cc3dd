package io.github.resnetspark.network;

/** The convolutions before the first block. */
public enum Stem {
    /** The family's single convolution: 7×7 with stride 2 for ImageNet, 3×3 for small pictures. */
    STANDARD,
    /**
     * Three 3×3 convolutions of 32, 32 and 64 channels, the first with stride 2, instead of ImageNet's 7×7 (He T. et al. 2019, "Bag of
     * Tricks", figure 2b; timm's {@code stem_type='deep'}).
     */
    DEEP
}
