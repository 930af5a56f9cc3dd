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
 * One parameter of a network as torch has it.
 *
 * @param name torchvision's, e.g. {@code layer3.0.downsample.0.weight}
 * @param values where the network keeps it; to write to them is to change the network
 * @param transposed whether torch has rows and columns the other way round
 */
record TorchParameter(String name, INDArray values, boolean transposed) {

    /** All of a network, running statistics included, in the network's order. */
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
            default -> throw new IllegalArgumentException("torch has no name for the parameter " + parameter);
        };
    }

    /** The sizes in torch; DL4J keeps vectors as [1, n]. */
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

    /** A copy. */
    Tensor tensor() {
        INDArray ordered = transposed ? values.transpose() : values;
        return new Tensor(shape(), ordered.dup('c').data().asFloat());
    }

    /** Puts a tensor of the same shape into the network. */
    void assign(Tensor tensor) {
        INDArray given = Nd4j.create(tensor.values(), shape(), 'c');
        values.assign(transposed ? given.transpose() : given.reshape(values.shape()));
    }
}
