package io.github.resnetspark.kernels.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;

/**
 * Zero channels on both sides of an activation, as stock vertices express them: slices of the activation that are
 * scaled by 0 and merged with it.
 *
 * @param source the vertex whose activation is padded
 * @param sourceInput index of the source among the merge's inputs
 * @param before zero channels before the activation
 * @param after zero channels after the activation
 * @param silent the slices and scales, whose values are all zero
 */
record ZeroPadding(String source, int sourceInput, long before, long after, List<String> silent) {

    /** The padding that ends in a merge vertex, if there is one. */
    static Optional<ZeroPadding> endingAt(String merge, ComputationGraphConfiguration graph) {
        if (!(graph.getVertices().get(merge) instanceof MergeVertex)) {
            return Optional.empty();
        }
        List<String> inputs = graph.getVertexInputs().get(merge);
        List<String> silent = new ArrayList<>();
        int sourceInput = -1;
        long before = 0;
        long after = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Optional<String> slice = zeroedSlice(inputs.get(i), graph);
            if (slice.isEmpty()) {
                if (sourceInput >= 0) {
                    return Optional.empty();
                }
                sourceInput = i;
                continue;
            }
            silent.add(inputs.get(i));
            silent.add(slice.get());
            SubsetVertex subset = (SubsetVertex) graph.getVertices().get(slice.get());
            long channels = subset.getTo() - subset.getFrom() + 1L;
            if (sourceInput < 0) {
                before += channels;
            } else {
                after += channels;
            }
        }
        if (sourceInput < 0 || silent.isEmpty()) {
            return Optional.empty();
        }
        String source = inputs.get(sourceInput);
        boolean ofSource = silent.stream()
                .filter(name -> graph.getVertices().get(name) instanceof SubsetVertex)
                .allMatch(name -> graph.getVertexInputs().get(name).equals(List.of(source)));
        return ofSource
                ? Optional.of(new ZeroPadding(source, sourceInput, before, after, List.copyOf(silent)))
                : Optional.empty();
    }

    /** The slice that a vertex scales by 0, if it does and both have only one consumer. */
    private static Optional<String> zeroedSlice(String name, ComputationGraphConfiguration graph) {
        GraphVertex scale = graph.getVertices().get(name);
        if (!(scale instanceof ScaleVertex zero && zero.getScaleFactor() == 0) || readers(name, graph) != 1) {
            return Optional.empty();
        }
        String slice = graph.getVertexInputs().get(name).get(0);
        return graph.getVertices().get(slice) instanceof SubsetVertex && readers(slice, graph) == 1
                ? Optional.of(slice)
                : Optional.empty();
    }

    private static long readers(String name, ComputationGraphConfiguration graph) {
        return graph.getVertexInputs().values().stream()
                .flatMap(List::stream)
                .filter(name::equals)
                .count();
    }
}
