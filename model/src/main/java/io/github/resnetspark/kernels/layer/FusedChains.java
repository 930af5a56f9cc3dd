package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ForwardOperation.Filter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/** The vertices of a network that are fused for prediction. */
final class FusedChains {
    private final GraphVertex[] vertices;
    /** By the index of their last vertex. */
    private final Map<Integer, FusedChain> chains = new HashMap<>();

    private final Set<Integer> inChains = new HashSet<>();

    FusedChains(GraphVertex... vertices) {
        this.vertices = vertices;
        for (GraphVertex vertex : vertices) {
            if (worker(vertex) instanceof KernelConvolution convolution) {
                add(vertex, convolution);
            }
        }
    }

    /** The chain whose last vertex this is. */
    Optional<FusedChain> endingAt(GraphVertex vertex) {
        return Optional.ofNullable(chains.get(vertex.getVertexIndex()));
    }

    /** Whether a vertex is part of a chain. */
    boolean contains(GraphVertex vertex) {
        return inChains.contains(vertex.getVertexIndex());
    }

    private void add(GraphVertex first, KernelConvolution convolution) {
        GraphVertex last = first;
        KernelBatchNorm batchNorm = null;
        boolean rectified = false;
        OptionalInt added = OptionalInt.empty();
        Optional<GraphVertex> next = onlyReader(last);
        if (next.isPresent() && worker(next.get()) instanceof KernelBatchNorm found) {
            batchNorm = found;
            last = next.get();
            next = onlyReader(last);
        }
        // The other branch may be a convolution whose chain ends with the same addition.
        if (next.isPresent()
                && next.get() instanceof KernelAdd
                && !inChains.contains(next.get().getVertexIndex())) {
            int end = last.getVertexIndex();
            int left = next.get().getInputVertices()[0].getVertexIndex();
            int right = next.get().getInputVertices()[1].getVertexIndex();
            if (left != right) {
                added = OptionalInt.of(left == end ? right : left);
                last = next.get();
                next = onlyReader(last);
            }
        }
        if (next.isPresent() && worker(next.get()) instanceof KernelRelu) {
            rectified = true;
            last = next.get();
        }
        collect(first, last);
        int input = first.getInputVertices()[0].getVertexIndex();
        chains.put(
                last.getVertexIndex(),
                new FusedChain(
                        convolution, filter(convolution, batchNorm), rectified, input, added, last.getVertexIndex()));
    }

    private static Filter filter(KernelConvolution convolution, KernelBatchNorm batchNorm) {
        return new Filter(
                convolution.weights(),
                Optional.ofNullable(convolution.bias()),
                Optional.ofNullable(batchNorm).map(KernelBatchNorm::statistics));
    }

    private void collect(GraphVertex first, GraphVertex last) {
        for (GraphVertex member = first;
                member != last;
                member = onlyReader(member).orElseThrow()) {
            inChains.add(member.getVertexIndex());
        }
        inChains.add(last.getVertexIndex());
    }

    /** The vertex that reads another one, if no other does. */
    Optional<GraphVertex> onlyReader(GraphVertex vertex) {
        return !vertex.isOutputVertex() && vertex.getNumOutputConnections() == 1
                ? Optional.of(vertices[vertex.getOutputVertices()[0].getVertexIndex()])
                : Optional.empty();
    }

    /** The layer of a vertex, or else the vertex. */
    static Object worker(GraphVertex vertex) {
        return vertex.hasLayer() ? vertex.getLayer() : vertex;
    }

    /**
     * A convolution and the vertices that are its only consumers.
     *
     * @param filter its parameters, and those of the batch normalisation
     * @param rectified whether a ReLU is last
     * @param input index of the vertex that the convolution reads
     * @param added index of the vertex that is added
     * @param output index of the last vertex
     */
    record FusedChain(
            KernelConvolution convolution,
            Filter filter,
            boolean rectified,
            int input,
            OptionalInt added,
            int output) {}
}
