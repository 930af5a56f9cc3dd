package io.github.resnetspark.resnet;

/**
 * What one residual block depends on, its place aside.
 *
 * @param block which convolutions
 * @param variant in which order, and where it strides
 * @param shortcut what the skip connection does where the shape changes
 * @param zeroGamma whether its last batch normalisation starts at γ = 0
 */
record BlockSpec(Block block, Variant variant, Shortcut shortcut, boolean zeroGamma) {

    /** Whether a bottleneck halves the picture in its first 1×1 convolution, not in its 3×3. */
    boolean stridesFirst() {
        return switch (variant) {
            case V1, PREACT, AUTHORS -> true;
            case V1_5, D -> false;
        };
    }
}
