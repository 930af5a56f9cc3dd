package io.github.resnetspark.weights;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.Variant;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One parameter of a network in PyTorch's form.
 *
 * @param name torchvision's, such as {@code layer3.0.downsample.0.weight}
 * @param values a view of the network's parameters: writing to it changes the network
 * @param transposed whether PyTorch swaps rows and columns
 */
record TorchParameter(String name, INDArray values, boolean transposed) {

    /** All parameters of a network, including running statistics, in the network's order. */
    static List<TorchParameter> of(ComputationGraph network, Variant variant) {
        List<TorchParameter> parameters = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            if (layer.numParams() > 0) {
                String vertex = layer.conf().getLayer().getLayerName();
                String module = TorchName.ofVertex(vertex, variant);
                layer.paramTable()
                        .forEach((parameter, values) -> parameters.add(new TorchParameter(
                                module + "." + torchParameter(parameter),
                                values,
                                vertex.equals(ResNet.HEAD) && parameter.equals("W"))));
            }
        }
        return parameters;
    }

    private static String torchParameter(String parameter) {
        return switch (parameter) {
            case "W", "gamma" -> "weight";
            case "b", "beta" -> "bias";
            case "mean" -> "running_mean";
            case "var" -> "running_var";
            default -> throw new IllegalArgumentException("PyTorch has no name for the parameter " + parameter);
        };
    }

    /** The shape in PyTorch. DL4J stores vectors as [1, n]. */
    int[] shape() {
        int rows = Math.toIntExact(values.size(0));
        if (values.rank() == 2) {
            int columns = Math.toIntExact(values.size(1));
            return transposed ? new int[] {columns, rows} : new int[] {columns};
        }
        int[] shape = new int[values.rank()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.toIntExact(values.size(axis));
        }
        return shape;
    }

    /** A copy of the values in PyTorch's shape. */
    Tensor tensor() {
        INDArray ordered = transposed ? values.transpose() : values;
        return new Tensor(shape(), ordered.dup('c').data().asFloat());
    }

    /** Copies a tensor of the same shape into the network. */
    void assign(Tensor tensor) {
        INDArray given = Nd4j.create(tensor.values(), shape(), 'c');
        values.assign(transposed ? given.transpose() : given.reshape(values.shape()));
    }
}
