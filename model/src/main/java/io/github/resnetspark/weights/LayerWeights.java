package io.github.resnetspark.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies weights from one network to another by the names of the layers. The order of the flat parameters does not matter. */
public final class LayerWeights {
    private LayerWeights() {}

    /**
     * Copies each layer that both networks have with the same shapes, including running statistics.
     *
     * @return the names of the layers of {@code to} that keep their own weights, in the network's order; for a network with a
     *     new head, only the head
     */
    public static List<String> copyMatching(ComputationGraph from, ComputationGraph to) {
        List<String> kept = new ArrayList<>();
        for (Layer layer : to.getLayers()) {
            if (layer.numParams() == 0) {
                continue;
            }
            String name = layer.conf().getLayer().getLayerName();
            Map<String, INDArray> target = layer.paramTable();
            Layer source = from.getVertex(name) == null ? null : from.getLayer(name);
            if (source == null || !sameShapes(source.paramTable(), target)) {
                kept.add(name);
            } else {
                source.paramTable()
                        .forEach((parameter, values) -> target.get(parameter).assign(values));
            }
        }
        return List.copyOf(kept);
    }

    private static boolean sameShapes(Map<String, INDArray> left, Map<String, INDArray> right) {
        return left.keySet().equals(right.keySet())
                && left.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(
                                entry.getValue().shape(),
                                right.get(entry.getKey()).shape()));
    }
}
