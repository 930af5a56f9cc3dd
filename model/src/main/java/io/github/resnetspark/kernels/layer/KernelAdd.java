package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.KernelRelu.RectifiesItself;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.AddKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import io.github.resnetspark.kernels.provider.KernelProvider.ReluKernel;
import java.util.Arrays;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of two activations of one shape. If only results are needed, it includes the ReLU that is its only consumer.
 */
@SuppressWarnings("overrides") // DL4J declares arrays where its interface has variable arguments.
final class KernelAdd extends ElementWiseVertex implements RectifiesItself {
    private final NetworkKernels network;
    private final KernelCache<Work, AddKernel> additions;
    private final KernelCache<ImageShape, ReluKernel> relus;
    private final boolean onlyReluReads;

    private Rectifier rectifier = Rectifier.NONE;
    private INDArray output;

    /** @param onlyReluReads whether a ReLU is its only consumer */
    KernelAdd(NetworkKernels network, ElementWiseVertex stock, boolean onlyReluReads) {
        super(
                stock.getGraph(),
                stock.getVertexName(),
                stock.getVertexIndex(),
                stock.getInputVertices(),
                stock.getOutputVertices(),
                Op.Add,
                DataType.FLOAT);
        setOutputVertex(stock.isOutputVertex());
        this.network = network;
        this.additions = new KernelCache<>(work -> network.provider().add(work.shape, work.rectifier));
        this.relus = new KernelCache<>(network.provider()::relu);
        this.onlyReluReads = onlyReluReads;
    }

    @Override
    public boolean hasRectified() {
        return rectifier == Rectifier.RELU;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        rectifier = Rectifier.NONE;
        if (!addsPictures()) {
            return super.doForward(training, workspaces);
        }
        INDArray left = network.channelsLast(inputs[0], ArrayType.FF_WORKING_MEM, workspaces);
        INDArray right = network.channelsLast(inputs[1], ArrayType.FF_WORKING_MEM, workspaces);
        ImageShape shape = ImageShape.of(left);
        if (onlyReluReads && network.onlyResultsCount()) {
            rectifier = Rectifier.RELU;
        }
        output = network.activation(shape, workspaces);
        additions.of(new Work(shape, rectifier)).add(left, right, output);
        return output;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        if (!addsPictures()) {
            return super.doBackward(truncated, workspaces);
        }
        GradientArray gradient = network.gradients().arriving(getEpsilon());
        if (rectifier == Rectifier.RELU) {
            ImageShape shape = ImageShape.of(output);
            GradientArray cut = network.gradients().take(shape);
            relus.of(shape).backward(output, gradient, cut);
            gradient.release();
            gradient = cut;
        }
        gradient.share(1);
        return new Pair<>(null, new INDArray[] {gradient, gradient});
    }

    /** DL4J handles broadcasting and anything but pictures. */
    private boolean addsPictures() {
        return inputs[0].rank() == 4 && Arrays.equals(inputs[0].shape(), inputs[1].shape());
    }

    @Override
    public void clear() {
        super.clear();
        output = null;
    }

    private record Work(ImageShape shape, Rectifier rectifier) {}
}
