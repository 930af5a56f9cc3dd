package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ForwardOperation.Padding;
import io.github.resnetspark.kernels.provider.ImageShape;
import java.util.Arrays;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The merge of a {@link ZeroPadding}: one input among zeros. It reads only that input. */
@SuppressWarnings("overrides") // DL4J declares arrays where its interface has variable arguments.
final class KernelChannelPadding extends MergeVertex {
    private final NetworkKernels network;
    private final ZeroPadding padding;

    KernelChannelPadding(NetworkKernels network, MergeVertex stock, ZeroPadding padding) {
        super(
                stock.getGraph(),
                stock.getVertexName(),
                stock.getVertexIndex(),
                stock.getInputVertices(),
                stock.getOutputVertices(),
                DataType.FLOAT,
                1);
        setOutputVertex(stock.isOutputVertex());
        this.network = network;
        this.padding = padding;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray source = inputs[padding.sourceInput()];
        ImageShape shape = ImageShape.of(source);
        ImageShape padded = new ImageShape(
                shape.batch(), padding.before() + shape.channels() + padding.after(), shape.height(), shape.width());
        INDArray y = network.activation(padded, workspaces);
        Addresses.clear(y);
        network.copies().copy(source, y.get(inside(shape.channels())));
        return y;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        ImageShape shape = ImageShape.of(inputs[padding.sourceInput()]);
        GradientArray outputGradient = network.gradients().arriving(getEpsilon());
        GradientArray sourceGradient = network.gradients().take(shape);
        network.copies().copy(outputGradient.get(inside(shape.channels())), sourceGradient);
        outputGradient.release();
        INDArray[] gradients = new INDArray[inputs.length];
        Arrays.setAll(
                gradients,
                input -> input == padding.sourceInput()
                        ? sourceGradient
                        : network.gradients().nothing());
        return new Pair<>(null, gradients);
    }

    /** The vertex whose activation is padded. */
    VertexIndices source() {
        return getInputVertices()[padding.sourceInput()];
    }

    Padding operation(int input, int output, ImageShape shape) {
        return new Padding(input, output, shape, padding.before(), padding.after());
    }

    private INDArrayIndex[] inside(long channels) {
        return new INDArrayIndex[] {
            NDArrayIndex.all(),
            NDArrayIndex.interval(padding.before(), padding.before() + channels),
            NDArrayIndex.all(),
            NDArrayIndex.all()
        };
    }
}
