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
}
