package io.github.resnetspark.importer;

import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.resnet.ResNetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts weights with torch's names into our networks: those of torchvision (conv1, bn1, layer1.0.conv1,
 * layer1.0.downsample.0, fc) and those of the public CIFAR networks (shortcut.0 for downsample.0, linear for fc). A prefix
 * {@code module.} and the counters {@code num_batches_tracked} do not matter.
 */
public final class TorchWeights {
    private static final String COUNTER = "num_batches_tracked";

    private final ResNetSpec spec;
    private final Map<String, Tensor> byCommonName = new TreeMap<>();
    private final Map<String, String> givenNames = new TreeMap<>();
    private final Set<String> unused = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private TorchWeights(ResNetSpec spec, Map<String, Tensor> weights) {
        this.spec = spec;
        weights.forEach((name, tensor) -> {
            String common = TorchName.common(name);
            if (common.endsWith(COUNTER)) {
                return;
            }
            if (byCommonName.put(common, tensor) != null) {
                problems.add(name + " and " + givenNames.get(common) + " are the same weight.");
            }
            givenNames.put(common, name);
        });
        unused.addAll(byCommonName.keySet());
    }

    /**
     * A network for inference with these weights.
     *
     * @param spec which network
     * @param weights by torch's names; convolutions {@code [out, in, height, width]}, the head {@code [classes, features]}
     * @throws WeightsFormatException with everything that does not fit, one to a line: what is missing, what is unexpected,
     *     what has another shape, what is not finite
     */
    public static ComputationGraph network(ResNetSpec spec, Map<String, Tensor> weights) throws WeightsFormatException {
        ComputationGraph network = ResNet.create(spec, 0);
        new TorchWeights(spec, weights).fill(network);
        return network;
    }

    private void fill(ComputationGraph network) throws WeightsFormatException {
        for (Layer layer : network.getLayers()) {
            if (layer.numParams() > 0) {
                String vertex = layer.conf().getLayer().getLayerName();
                String module = TorchName.ofVertex(vertex);
                layer.paramTable().forEach((parameter, values) -> fill(module, vertex, parameter, values));
            }
        }
        for (String name : unused) {
            problems.add(givenNames.get(name) + " is unexpected.");
        }
        if (!problems.isEmpty()) {
            throw new WeightsFormatException("These weights are not those of " + spec.displayName() + " with "
                    + spec.classes()
                    + " classes. Set model.depth, model.variant, model.shortcut and model.classes to theirs:"
                    + System.lineSeparator() + String.join(System.lineSeparator(), problems));
        }
    }

    private void fill(String module, String vertex, String parameter, INDArray values) {
        String name = module + "." + torchParameter(parameter);
        Tensor tensor = byCommonName.get(name);
        if (tensor == null) {
            problems.add(TorchName.inFamily(name, spec.family()) + " is missing.");
            return;
        }
        unused.remove(name);
        boolean transposed = vertex.equals(ResNet.HEAD) && parameter.equals("W");
        int[] expected = torchShape(values, transposed);
        if (!tensor.hasShape(expected)) {
            problems.add(givenNames.get(name) + " has the shape " + Tensor.describe(tensor.shape()) + " but must have "
                    + Tensor.describe(expected) + ".");
        } else if (!isFinite(tensor)) {
            problems.add(givenNames.get(name) + " holds a value that is not a finite number.");
        } else {
            INDArray given = Nd4j.create(tensor.values(), torchShape(values, transposed), 'c');
            values.assign(transposed ? given.transpose() : given.reshape(values.shape()));
        }
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

    /** DL4J keeps vectors as [1, n]. */
    private static int[] torchShape(INDArray values, boolean transposed) {
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

    private static boolean isFinite(Tensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
