package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionShape.After;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/** The vertices of a network that are fused for prediction. */
final class FusedChains {
    private final NetworkKernels network;
    private final GraphVertex[] vertices;
    /** By the index of their last vertex. */
    private final Map<Integer, FusedChain> chains = new HashMap<>();

    private final Set<Integer> inChains = new HashSet<>();

    FusedChains(NetworkKernels network, GraphVertex[] vertices) {
        this.network = network;
        this.vertices = vertices;
        for (GraphVertex vertex : vertices) {
            if (worker(vertex) instanceof KernelConvolution convolution) {
                add(vertex, convolution);
            }
        }
    }

    /** The step for a vertex; empty for the inner vertices of a chain. */
    Optional<InferenceStep> stepEndingAt(GraphVertex vertex) {
        int index = vertex.getVertexIndex();
        if (chains.containsKey(index)) {
            return Optional.of(new InferenceStep.OfChain(network, chains.get(index)));
        }
        return inChains.contains(index) ? Optional.empty() : Optional.of(new InferenceStep.OfVertex(vertex));
    }

    private void add(GraphVertex first, KernelConvolution convolution) {
        GraphVertex last = first;
        KernelBatchNorm batchNorm = null;
        boolean rectified = false;
        int added = -1;
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
            int[] read = InferenceStep.readBy(next.get());
            if (read[0] != read[1]) {
                added = read[0] == end ? read[1] : read[0];
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
                new FusedChain(convolution, batchNorm, rectified, input, added, last.getVertexIndex()));
    }

    private void collect(GraphVertex first, GraphVertex last) {
        for (GraphVertex member = first;
                member != last;
                member = onlyReader(member).orElseThrow()) {
            inChains.add(member.getVertexIndex());
        }
        inChains.add(last.getVertexIndex());
    }

    private Optional<GraphVertex> onlyReader(GraphVertex vertex) {
        return !vertex.isOutputVertex() && vertex.getNumOutputConnections() == 1
                ? Optional.of(vertices[vertex.getOutputVertices()[0].getVertexIndex()])
                : Optional.empty();
    }

    private static Object worker(GraphVertex vertex) {
        return vertex.hasLayer() ? vertex.getLayer() : vertex;
    }

    /**
     * A convolution and the vertices that are its only consumers.
     *
     * @param convolution the convolution
     * @param batchNorm {@code null} if none follows
     * @param rectified whether a ReLU is last
     * @param input index of the vertex that the convolution reads
     * @param added index of the vertex that is added, or negative
     * @param output index of the last vertex
     */
    record FusedChain(
            KernelConvolution convolution,
            KernelBatchNorm batchNorm,
            boolean rectified,
            int input,
            int added,
            int output) {

        Set<After> after() {
            Set<After> after = EnumSet.noneOf(After.class);
            if (batchNorm != null) {
                after.add(After.NORMALIZE);
            }
            if (added >= 0) {
                after.add(After.ADD);
            }
            if (rectified) {
                after.add(After.RECTIFY);
            }
            return Set.copyOf(after);
        }
    }
}
