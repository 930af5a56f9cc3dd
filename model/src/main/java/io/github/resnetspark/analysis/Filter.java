package io.github.resnetspark.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The position of a filter in a network's flat parameters. A filter is the weights of one output channel of a convolution, or of
 * one output of a fully connected layer.
 *
 * @param offset of its first weight
 * @param length number of consecutive weights
 */
public record Filter(int offset, int length) implements Serializable {
    private static final int CONVOLUTION = 4;

    /** All filters of a network, in the order of the flat parameters. Excludes biases and batch normalisation. */
    public static List<Filter> allOf(ComputationGraph net) {
        List<Filter> filters = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
            if (weights != null) {
                // The weights of a convolution are [out, in, height, width] in C order, those of a fully connected
                // layer [in, out] in Fortran order. In both, the weights of one output are consecutive.
                boolean convolution = weights.rank() == CONVOLUTION;
                int outputs = Math.toIntExact(weights.size(convolution ? 0 : 1));
                int length = Math.toIntExact(weights.length() / outputs);
                requireOneAfterAnother(weights, convolution ? 0 : 1, length);
                for (int output = 0; output < outputs; output++) {
                    filters.add(new Filter(Math.toIntExact(weights.offset()) + output * length, length));
                }
            }
        }
        return List.copyOf(filters);
    }

    private static void requireOneAfterAnother(INDArray weights, int outputs, int length) {
        if (weights.size(outputs) > 1 && weights.stride(outputs) != length) {
            throw new IllegalStateException(
                    "The weights of one filter are not consecutive in " + weights.shapeInfoToString() + ".");
        }
    }

    /** The Euclidean norm of the filter in a flat vector. */
    public double norm(float[] vector) {
        double squares = 0;
        for (int i = offset; i < offset + length; i++) {
            squares += (double) vector[i] * vector[i];
        }
        return Math.sqrt(squares);
    }
}
