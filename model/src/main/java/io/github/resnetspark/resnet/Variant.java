package io.github.resnetspark.resnet;

/** Where a bottleneck that halves the picture does so. Basic blocks are the same in both. */
public enum Variant {
    /** Stride in the first 1×1 convolution, as published (He et al. 2015). */
    V1("v1"),
    /** Stride in the 3×3 convolution, as torchvision has it. */
    V1_5("v1.5");

    private final String recipeName;

    Variant(String recipeName) {
        this.recipeName = recipeName;
    }

    /** The name used in recipes. */
    @Override
    public String toString() {
        return recipeName;
    }
}
