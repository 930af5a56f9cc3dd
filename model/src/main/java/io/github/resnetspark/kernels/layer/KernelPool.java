package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape.Kind;
import io.github.resnetspark.kernels.provider.Window;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling: the largest value of each window, or the mean of its values inside the picture. */
final class KernelPool extends SubsamplingLayer {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;
    private final transient KernelCache<PoolShape, PoolKernel> kernels;

    private KernelPool(NetworkKernels network, SubsamplingLayer stock) {
        super(stock.conf(), DataType.FLOAT);
        this.network = network;
        this.kernels = new KernelCache<>(shape -> network.provider().pool(shape, network.activationType()));
    }

    static boolean canReplace(SubsamplingLayer stock) {
        var layer = stock.layerConf();
        int[] dilation = layer.getDilation();
        return stock.getClass() == SubsamplingLayer.class
                && (layer.getPoolingType() == PoolingType.MAX || averagesInside(layer))
                && (layer.getConvolutionMode() == ConvolutionMode.Truncate
                        || layer.getConvolutionMode() == ConvolutionMode.Same)
                && layer.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && layer.getIDropout() == null
                && dilation[0] == 1
                && dilation[1] == 1;
    }

    private static boolean averagesInside(org.deeplearning4j.nn.conf.layers.SubsamplingLayer layer) {
        return layer.getPoolingType() == PoolingType.AVG && !layer.isAvgPoolIncludePadInDivisor();
    }

    static KernelPool replacing(NetworkKernels network, SubsamplingLayer stock) {
        return Replacement.handOver(stock, new KernelPool(network, stock));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = network.channelsLast(input, ArrayType.FF_WORKING_MEM, workspaces);
        PoolShape shape = shape(x);
        INDArray y = network.activation(shape.output(), workspaces);
        if (training) {
            kernels.of(shape).forward(x, y);
        } else {
            kernels.of(shape).infer(x, y);
        }
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        PoolShape shape = shape(input);
        GradientArray outputGradient = network.gradients().arriving(epsilon);
        GradientArray inputGradient = network.gradients().take(shape.input());
        kernels.of(shape).backward(outputGradient, inputGradient);
        outputGradient.release();
        return new Pair<>(new DefaultGradient(), inputGradient);
    }

    private PoolShape shape(INDArray x) {
        return shape(ImageShape.of(x));
    }

    PoolShape shape(ImageShape input) {
        var layer = layerConf();
        Window window = layer.getConvolutionMode() == ConvolutionMode.Same
                ? Window.covering(layer.getKernelSize(), layer.getStride(), input)
                : Window.of(layer.getKernelSize(), layer.getStride(), layer.getPadding());
        return new PoolShape(input, window, layer.getPoolingType() == PoolingType.MAX ? Kind.MAXIMUM : Kind.AVERAGE);
    }
}
