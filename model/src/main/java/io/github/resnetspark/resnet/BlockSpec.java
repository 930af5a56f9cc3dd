package io.github.resnetspark.resnet;

/**
 * What one residual block depends on, its widths aside.
 *
 * @param block which convolutions
 * @param variant where a bottleneck strides
 * @param shortcut what the skip connection does where the shape changes
 * @param zeroGamma whether its last batch normalisation starts at γ = 0
 */
record BlockSpec(Block block, Variant variant, Shortcut shortcut, boolean zeroGamma) {}
