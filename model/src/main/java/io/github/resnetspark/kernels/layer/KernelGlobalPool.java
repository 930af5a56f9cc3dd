package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape.Kind;
import io.github.resnetspark.kernels.provider.Window;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of every channel over the whole picture, in float32: {@code [N, C, H, W]} to {@code [N, C]}. */
final class KernelGlobalPool extends GlobalPoolingLayer {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;
    private final transient KernelCache<ImageShape, PoolKernel> kernels;

    private KernelGlobalPool(NetworkKernels network, GlobalPoolingLayer stock) {
        super(stock.conf(), DataType.FLOAT);
        this.network = network;
        this.kernels = new KernelCache<>(shape ->
                network.provider().pool(new PoolShape(shape, Window.global(shape), Kind.AVERAGE), DataType.FLOAT));
    }

    static boolean canReplace(GlobalPoolingLayer stock) {
        return stock.getClass() == GlobalPoolingLayer.class
                && stock.conf().getLayer() instanceof org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer layer
                && layer.getPoolingType() == PoolingType.AVG
                && layer.getPoolingDimensions() == null
                && layer.isCollapseDimensions()
                && layer.getIDropout() == null;
    }

    static KernelGlobalPool replacing(NetworkKernels network, GlobalPoolingLayer stock) {
        return Replacement.handOver(stock, new KernelGlobalPool(network, stock));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (input.rank() != 4) {
            return super.activate(training, workspaces);
        }
        INDArray x = network.channelsLast(input, DataType.FLOAT, ArrayType.FF_WORKING_MEM, workspaces);
        ImageShape shape = ImageShape.of(x);
        INDArray means = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {shape.batch(), shape.channels()}, 'c');
        kernels.of(shape).forward(x, means);
        return means;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (input.rank() != 4) {
            return super.backpropGradient(epsilon, workspaces);
        }
        ImageShape shape = ImageShape.of(input);
        GradientArray inputGradient = network.gradients().take(shape);
        // The head's gradient is a transposed view.
        INDArray outputGradient = workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon.castTo(DataType.FLOAT), 'c');
        if (inputGradient.dataType() == DataType.FLOAT) {
            kernels.of(shape).backward(outputGradient, inputGradient);
        } else {
            INDArray gradient = network.channelsLast(shape, DataType.FLOAT, ArrayType.BP_WORKING_MEM, workspaces);
            kernels.of(shape).backward(outputGradient, gradient);
            network.copies().copy(gradient, inputGradient);
        }
        return new Pair<>(new DefaultGradient(), inputGradient);
    }
}
