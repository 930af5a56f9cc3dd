package io.github.resnetspark.onnx;

/** What the model gives. */
public enum OutputForm {
    /** The output {@code probabilities}: float32, {@code [N, classes]}, each row sums to 1. */
    PROBABILITIES,
    /** The output {@code logits}: float32, {@code [N, classes]}, before the softmax. */
    LOGITS
}
