package io.github.resnetspark.onnx;

/** What becomes of batch normalisation. */
public enum BatchNormForm {
    /** Nodes of their own, with the running statistics. */
    KEPT,
    /** Part of the weights and biases of the convolution before it; a node of its own where there is no such convolution. */
    FOLDED
}
