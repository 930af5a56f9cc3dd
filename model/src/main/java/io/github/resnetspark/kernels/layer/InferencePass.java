package io.github.resnetspark.kernels.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A forward pass that returns only the output: the operations after a convolution are fused into it, and the memory of
 * an activation is reused after its last reader. For networks with one input and one output.
 */
public final class InferencePass {
    private final NetworkKernels network;
    private final List<InferenceStep> steps;
    private final int input;
    private final int output;
    /** The number of steps that read each vertex. */
    private final int[] readers;

    private InferencePass(NetworkKernels network, List<InferenceStep> steps, int input, int output, int vertices) {
        this.network = network;
        this.steps = steps;
        this.input = input;
        this.output = output;
        this.readers = new int[vertices];
        for (InferenceStep step : steps) {
            for (int read : step.inputs()) {
                readers[read]++;
            }
        }
    }

    /**
     * Creates the pass for a network whose layers have been replaced.
     *
     * @param order the vertices' indices in topological order
     */
    public static InferencePass through(
            NetworkKernels network, ComputationGraphConfiguration configuration, GraphVertex[] vertices, int[] order) {
        FusedChains chains = new FusedChains(network, vertices);
        List<InferenceStep> steps = new ArrayList<>();
        int input = -1;
        int output = -1;
        for (int index : order) {
            GraphVertex vertex = vertices[index];
            if (vertex.isInputVertex()) {
                input = index;
                continue;
            }
            if (vertex.getVertexName().equals(configuration.getNetworkOutputs().get(0))) {
                output = index;
            }
            chains.stepEndingAt(vertex).ifPresent(steps::add);
        }
        return new InferencePass(network, steps, input, output, vertices.length);
    }

    /**
     * Runs it.
     *
     * @param pictures {@code [N, 3, S, S]}
     * @return the output in separate memory
     */
    @SuppressWarnings("try") // The scope only has to be open.
    public INDArray of(INDArray pictures) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return network.predicting(() -> run(pictures));
        }
    }

    @SuppressWarnings("ReferenceEquality") // A vertex without work passes its input on.
    private INDArray run(INDArray pictures) {
        INDArray[] activations = new INDArray[readers.length];
        int[] waiting = readers.clone();
        // A copy in memory that is released after its last reader, like all activations.
        activations[input] = network.gradients().arriving(pictures);
        for (InferenceStep step : steps) {
            INDArray result = step.run(activations);
            activations[step.output()] = result;
            for (int read : step.inputs()) {
                if (activations[read] == result && result instanceof GradientArray array) {
                    array.share(1);
                }
            }
            for (int read : step.inputs()) {
                waiting[read]--;
                if (waiting[read] == 0) {
                    if (activations[read] instanceof GradientArray array) {
                        array.release();
                    }
                    activations[read] = null;
                }
            }
        }
        return activations[output];
    }
}
