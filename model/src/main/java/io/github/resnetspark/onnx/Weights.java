package io.github.resnetspark.onnx;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's parameters as plain arrays. */
final class Weights {
    private Weights() {}

    /** Row-major, whatever the order that DL4J keeps them in. */
    static float[] of(Layer layer, String parameter) {
        return rowMajor(layer.getParam(parameter));
    }

    /** DL4J's {@code [in, out]} as {@code [out, in]}. */
    static float[] transposed(Layer layer, String parameter) {
        return rowMajor(layer.getParam(parameter).transpose());
    }

    private static float[] rowMajor(INDArray values) {
        return values.dup('c').data().asFloat();
    }
}
