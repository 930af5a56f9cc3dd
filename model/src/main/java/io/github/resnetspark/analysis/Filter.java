package io.github.resnetspark.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where one filter lies in a network's flat parameters: the weights that make one output channel of a convolution, or one
 * output of a fully connected layer.
 *
 * @param offset of its first weight
 * @param length how many follow one another
 */
public record Filter(int offset, int length) implements Serializable {
    private static final int CONVOLUTION = 4;

    /** All filters of a network, in the order of the flat parameters. Biases and batch normalisation have none. */
    public static List<Filter> allOf(ComputationGraph net) {
        List<Filter> filters = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
            if (weights != null) {
                // A convolution's weights are [out, in, height, width] in C order, a fully connected layer's [in, out]
                // in Fortran's: one output's weights follow one another in both.
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
                    "Weights of " + weights.shapeInfoToString() + " do not lie filter by filter.");
        }
    }

    /** The Euclidean norm of it in a flat vector. */
    public double norm(float[] vector) {
        double squares = 0;
        for (int i = offset; i < offset + length; i++) {
            squares += (double) vector[i] * vector[i];
        }
        return Math.sqrt(squares);
    }
}
