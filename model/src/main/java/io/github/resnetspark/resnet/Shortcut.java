package io.github.resnetspark.resnet;

/** What a skip connection does where the shape changes (He et al. 2015, section 3.3). */
public enum Shortcut {
    /** Every second pixel, and zero channels on both sides, as the public CIFAR networks of torch have it: no parameters. */
    A("A"),
    /** Every second pixel, and zero channels behind the others, as the paper is mostly read: no parameters. */
    A_END("A-end"),
    /** A 1×1 convolution with batch normalisation where the shape changes, the identity elsewhere. */
    B("B"),
    /** A 1×1 convolution with batch normalisation in every block. */
    C("C"),
    /** No skip connections at all: the plain network of the same depth. */
    NONE("none");

    private final String recipeName;

    Shortcut(String recipeName) {
        this.recipeName = recipeName;
    }

    /** The name used in recipes. */
    @Override
    public String toString() {
        return recipeName;
    }
}
