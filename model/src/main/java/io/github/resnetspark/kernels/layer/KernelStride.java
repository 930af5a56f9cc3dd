package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ForwardOperation.Striding;
import io.github.resnetspark.kernels.provider.ImageShape;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A 1×1 pool with a stride: a copy of a strided view. */
final class KernelStride extends SubsamplingLayer {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;

    private KernelStride(NetworkKernels network, SubsamplingLayer stock) {
        super(stock.conf(), DataType.FLOAT);
        this.network = network;
    }

    static boolean canReplace(SubsamplingLayer stock) {
        var layer = stock.layerConf();
        return KernelPool.canReplace(stock)
                && layer.getKernelSize()[0] == 1
                && layer.getKernelSize()[1] == 1
                && layer.getPadding()[0] == 0
                && layer.getPadding()[1] == 0;
    }

    static KernelStride replacing(NetworkKernels network, SubsamplingLayer stock) {
        return Replacement.handOver(stock, new KernelStride(network, stock));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray pixels = pixels(input);
        INDArray y = network.activation(ImageShape.of(pixels), workspaces);
        network.copies().copy(pixels, y);
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        GradientArray outputGradient = network.gradients().arriving(epsilon);
        GradientArray inputGradient = network.gradients().takeZeros(ImageShape.of(input));
        network.copies().copy(outputGradient, pixels(inputGradient));
        outputGradient.release();
        return new Pair<>(new DefaultGradient(), inputGradient);
    }

    Striding operation(int input, int output, ImageShape shape) {
        int[] stride = layerConf().getStride();
        return new Striding(input, output, shape, stride[0], stride[1]);
    }

    private INDArray pixels(INDArray array) {
        int[] stride = layerConf().getStride();
        return array.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, stride[0], array.size(2)),
                NDArrayIndex.interval(0, stride[1], array.size(3)));
    }
}
