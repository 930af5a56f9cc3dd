package io.github.resnetspark.resnet;

/** What a skip connection does where the shape changes (He et al. 2015, section 3.3). */
public enum Shortcut {
    /** Every second pixel, and zero channels on both sides: no parameters. */
    A,
    /** A 1×1 convolution with batch normalisation where the shape changes, the identity elsewhere. */
    B,
    /** No skip connections at all: the plain network of the same depth (He et al. 2015, section 3.3). */
    NONE
}
