package io.github.resnetspark.kernels.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A slice or a scale in a {@link ZeroPadding}. The stock vertex computes it if a listener may inspect it; otherwise it
 * is not computed. No gradient flows through it.
 */
@SuppressWarnings("overrides") // DL4J declares arrays where its interface has variable arguments.
final class SilentVertex extends BaseGraphVertex {
    private final NetworkKernels network;
    private final BaseGraphVertex stock;

    SilentVertex(NetworkKernels network, BaseGraphVertex stock) {
        super(
                stock.getGraph(),
                stock.getVertexName(),
                stock.getVertexIndex(),
                stock.getInputVertices(),
                stock.getOutputVertices(),
                DataType.FLOAT);
        setOutputVertex(stock.isOutputVertex());
        this.network = network;
        this.stock = stock;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        if (network.onlyResultsCount()) {
            return workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, 1);
        }
        stock.setInput(0, inputs[0], workspaces);
        INDArray output = stock.doForward(training, workspaces);
        stock.clear();
        return output;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        return new Pair<>(null, new INDArray[] {network.gradients().nothing()});
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray gradients) {
        stock.setBackpropGradientsViewArray(gradients);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int minibatchSize) {
        return stock.feedForwardMaskArrays(masks, state, minibatchSize);
    }

    @Override
    public String toString() {
        return stock.toString();
    }
}
