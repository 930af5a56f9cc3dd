package io.github.resnetspark.resnet;

/** The order of what a block consists of, and where it halves the picture. */
public enum Variant {
    /** Stride in a bottleneck's first 1×1 convolution, as published (He et al. 2015). */
    V1("v1"),
    /** Stride in a bottleneck's 3×3 convolution, as torchvision has it. */
    V1_5("v1.5"),
    /**
     * Batch normalisation and ReLU before each convolution instead of behind it (He et al. 2016, «Identity Mappings»); stride
     * in a bottleneck's first 1×1 convolution, as there.
     */
    PREACT("preact"),
    /**
     * As {@link #V1_5}, and a shortcut that halves the picture averages it in 2×2 windows before the 1×1 convolution, which
     * would drop three quarters of it (He T. et al. 2019, «Bag of Tricks», figure 2c; timm's {@code avg_down}).
     */
    D("d"),
    /**
     * As {@link #V1}, in what the authors' released files differ from the text: the max-pool is not padded in front, and the
     * first convolution of ResNet-50 has a bias.
     */
    AUTHORS("authors");

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
