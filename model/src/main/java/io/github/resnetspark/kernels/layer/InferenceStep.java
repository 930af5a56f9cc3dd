package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.FusedChains.FusedChain;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.provider.KernelProvider.ConstantWeights;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionKernel.Operands;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionShape.After;
import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of a forward pass. */
interface InferenceStep {
    /** A prediction uses no workspaces. */
    LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspacesImmutable();

    /** Indices of the vertices whose activations it reads. */
    int[] inputs();

    /** Index of the vertex whose activation it computes. */
    int output();

    /** Computes the activation from the others. */
    INDArray run(INDArray[] activations);

    /** Indices of the vertices that a vertex reads. */
    static int[] readBy(GraphVertex vertex) {
        return Arrays.stream(vertex.getInputVertices())
                .mapToInt(VertexIndices::getVertexIndex)
                .toArray();
    }

    /** A single vertex. */
    final class OfVertex implements InferenceStep {
        private final GraphVertex vertex;
        private final int[] inputs;

        OfVertex(GraphVertex vertex) {
            this.vertex = vertex;
            this.inputs = readBy(vertex);
        }

        @Override
        public int[] inputs() {
            return inputs;
        }

        @Override
        public int output() {
            return vertex.getVertexIndex();
        }

        @Override
        public INDArray run(INDArray[] activations) {
            for (int i = 0; i < inputs.length; i++) {
                vertex.setInput(i, activations[inputs[i]], NO_WORKSPACES);
            }
            INDArray result = vertex.doForward(false, NO_WORKSPACES);
            vertex.clear();
            return result;
        }
    }

    /** A convolution fused with the vertices that follow it. */
    final class OfChain implements InferenceStep {
        private final NetworkKernels network;
        private final FusedChain chain;
        private final KernelCache<FusedConvolutionShape, FusedConvolutionKernel> kernels;
        private final Set<After> after;
        private final INDArray scale;
        private final INDArray shift;

        OfChain(NetworkKernels network, FusedChain chain) {
            this.network = network;
            this.chain = chain;
            this.after = chain.after();
            long channels = chain.convolution().layerConf().getNOut();
            this.scale = chain.batchNorm() == null ? null : network.vector(channels);
            this.shift = chain.batchNorm() == null ? null : network.vector(channels);
            KernelProvider provider = network.provider();
            if (network.frozen()) {
                ConstantWeights weights = provider.constant(chain.convolution().weights());
                this.kernels = new KernelCache<>(shape -> provider.fusedConvolution(shape, weights));
                normalize();
            } else {
                this.kernels = new KernelCache<>(provider::fusedConvolution);
            }
        }

        private void normalize() {
            if (chain.batchNorm() != null) {
                chain.batchNorm().asScaleAndShift(scale, shift);
            }
        }

        @Override
        public int[] inputs() {
            return chain.added() < 0 ? new int[] {chain.input()} : new int[] {chain.input(), chain.added()};
        }

        @Override
        public int output() {
            return chain.output();
        }

        @Override
        public INDArray run(INDArray[] activations) {
            INDArray x = network.channelsLast(activations[chain.input()], ArrayType.FF_WORKING_MEM, NO_WORKSPACES);
            INDArray added = chain.added() < 0
                    ? null
                    : network.channelsLast(activations[chain.added()], ArrayType.FF_WORKING_MEM, NO_WORKSPACES);
            if (!network.frozen()) {
                normalize();
            }
            KernelConvolution convolution = chain.convolution();
            convolution.requireChannels(x);
            var shape = convolution.shape(x);
            if (added != null && !ImageShape.of(added).equals(shape.output())) {
                throw new IllegalStateException("The shapes " + ImageShape.of(added) + " and " + shape.output()
                        + " cannot be added: they differ");
            }
            INDArray result = network.gradients().take(shape.output());
            kernels.of(new FusedConvolutionShape(shape, after))
                    .infer(new Operands(x, convolution.weights(), convolution.bias(), scale, shift, added), result);
            return result;
        }
    }
}
