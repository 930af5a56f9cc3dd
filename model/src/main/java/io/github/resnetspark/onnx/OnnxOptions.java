package io.github.resnetspark.onnx;

import io.github.resnetspark.image.Preprocessing;

/**
 * The form of an ONNX model.
 *
 * @param preprocessing the network's: the side of its input, and what a value is normalised with
 * @param input whether the model normalises
 * @param output whether the model ends with the softmax
 * @param batchNorm whether batch normalisation is folded into the convolutions
 */
public record OnnxOptions(Preprocessing preprocessing, InputForm input, OutputForm output, BatchNormForm batchNorm) {

    /** Normalised pictures in, probabilities out, batch normalisation kept: what the network itself is. */
    public static OnnxOptions asTrained(Preprocessing preprocessing) {
        return new OnnxOptions(preprocessing, InputForm.NORMALIZED, OutputForm.PROBABILITIES, BatchNormForm.KEPT);
    }

    /** What the model takes. */
    public enum InputForm {
        /** The input {@code input}: normalised pictures, float32, {@code [N, 3, S, S]}, RGB. */
        NORMALIZED,
        /** The input {@code pictures}: pictures of the network's size as they are, uint8, {@code [N, S, S, 3]}, RGB. */
        PICTURES
    }

    /** What the model gives. */
    public enum OutputForm {
        /** The output {@code probabilities}: float32, {@code [N, classes]}, each row sums to 1. */
        PROBABILITIES,
        /** The output {@code logits}: float32, {@code [N, classes]}, before the softmax. */
        LOGITS
    }

    /** What becomes of batch normalisation. */
    public enum BatchNormForm {
        /** Nodes of their own, with the running statistics. */
        KEPT,
        /** Part of the weights and biases of the convolution before it; a node of its own where there is no such convolution. */
        FOLDED
    }
}
