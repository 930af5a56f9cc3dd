package io.github.resnetspark.onnx;

import io.github.resnetspark.image.Preprocessing;

/**
 * The form of an ONNX model.
 *
 * @param preprocessing of the network: the side of its input, mean and std
 * @param input whether the model normalises
 * @param output whether the model ends with the softmax
 * @param batchNorm whether batch normalisation is folded into the convolutions
 */
public record OnnxOptions(Preprocessing preprocessing, InputForm input, OutputForm output, BatchNormForm batchNorm) {

    /** The network's own form: normalised pictures in, probabilities out, batch normalisation kept. */
    public static OnnxOptions asTrained(Preprocessing preprocessing) {
        return new OnnxOptions(preprocessing, InputForm.NORMALIZED, OutputForm.PROBABILITIES, BatchNormForm.KEPT);
    }

    /** The model's input. */
    public enum InputForm {
        /** The input {@code input}: normalised pictures, float32, {@code [N, 3, S, S]}, RGB. */
        NORMALIZED,
        /** The input {@code pictures}: raw pictures of the network's size, uint8, {@code [N, S, S, 3]}, RGB. */
        PICTURES
    }

    /** The model's output. */
    public enum OutputForm {
        /** The output {@code probabilities}: float32, {@code [N, classes]}, each row sums to 1. */
        PROBABILITIES,
        /** The output {@code logits}: float32, {@code [N, classes]}, before the softmax. */
        LOGITS
    }

    /** How batch normalisation is written. */
    public enum BatchNormForm {
        /** As separate nodes, with the running statistics. */
        KEPT,
        /**
         * Folded into the weights and biases of the convolution before it; a separate node if there is no such
         * convolution.
         */
        FOLDED
    }
}
