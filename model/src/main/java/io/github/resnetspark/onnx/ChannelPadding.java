package io.github.resnetspark.onnx;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;

/**
 * Zero channels around an activation. DL4J's stock vertices express them as slices of the activation that are scaled by
 * zero and merged with it.
 *
 * @param source the vertex whose activation is padded
 * @param before zero channels before the activation
 * @param after zero channels after the activation
 */
record ChannelPadding(String source, int before, int after) {

    /** The padding that a merge vertex expresses, if it does. */
    static Optional<ChannelPadding> of(String merge, ComputationGraphConfiguration graph) {
        if (!(graph.getVertices().get(merge) instanceof MergeVertex)) {
            return Optional.empty();
        }
        List<String> inputs = graph.getVertexInputs().get(merge);
        List<String> sources = inputs.stream()
                .filter(input -> !(graph.getVertices().get(input) instanceof ScaleVertex))
                .toList();
        if (sources.size() != 1) {
            return Optional.empty();
        }
        String source = sources.get(0);
        int before = 0;
        int after = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(source)) {
                int zeros = zeros(inputs.get(i), source, graph);
                if (zeros == 0) {
                    return Optional.empty();
                }
                before += i < inputs.indexOf(source) ? zeros : 0;
                after += i < inputs.indexOf(source) ? 0 : zeros;
            }
        }
        return Optional.of(new ChannelPadding(source, before, after));
    }

    /** The number of channels of a vertex if it is a slice of the source times zero, else 0. */
    private static int zeros(String name, String source, ComputationGraphConfiguration graph) {
        boolean zero = graph.getVertices().get(name) instanceof ScaleVertex scale && scale.getScaleFactor() == 0;
        String slice = graph.getVertexInputs().get(name).get(0);
        boolean ofSource = zero
                && graph.getVertices().get(slice) instanceof SubsetVertex
                && graph.getVertexInputs().get(slice).equals(List.of(source));
        if (!ofSource) {
            return 0;
        }
        SubsetVertex subset = (SubsetVertex) graph.getVertices().get(slice);
        return subset.getTo() - subset.getFrom() + 1;
    }
}
