package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ReluKernel;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A ReLU, which has nothing to do where its producer has already done it. */
final class KernelRelu extends ActivationLayer {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;
    private final transient KernelCache<ImageShape, ReluKernel> kernels;
    private final transient RectifiesItself producer;
    private transient INDArray output;

    private KernelRelu(NetworkKernels network, ActivationLayer stock, RectifiesItself producer) {
        super(stock.conf(), DataType.FLOAT);
        this.network = network;
        this.kernels = new KernelCache<>(network.provider()::relu);
        this.producer = producer;
    }

    static boolean canReplace(ActivationLayer stock) {
        return stock.getClass() == ActivationLayer.class
                && stock.layerConf().getActivationFn().equals(new ActivationReLU())
                && stock.layerConf().getIDropout() == null;
    }

    /** @param producer that tells whether the work is done already */
    static KernelRelu replacing(NetworkKernels network, ActivationLayer stock, RectifiesItself producer) {
        return Replacement.handOver(stock, new KernelRelu(network, stock, producer));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (producer.hasRectified()) {
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, input);
        }
        if (input.rank() != 4) {
            return super.activate(training, workspaces);
        }
        INDArray x = network.channelsLast(input, ArrayType.FF_WORKING_MEM, workspaces);
        ImageShape shape = ImageShape.of(x);
        output = network.activation(shape, workspaces);
        kernels.of(shape).forward(x, output);
        return output;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (input.rank() != 4) {
            return super.backpropGradient(epsilon, workspaces);
        }
        GradientArray outputGradient = network.gradients().arriving(epsilon);
        if (producer.hasRectified()) {
            return new Pair<>(new DefaultGradient(), outputGradient);
        }
        ImageShape shape = ImageShape.of(output);
        GradientArray inputGradient = network.gradients().take(shape);
        kernels.of(shape).backward(output, outputGradient, inputGradient);
        outputGradient.release();
        return new Pair<>(new DefaultGradient(), inputGradient);
    }

    @Override
    public void clear() {
        super.clear();
        output = null;
    }

    /** A producer that may apply the ReLU that follows it, and its backward pass, as part of its own work. */
    interface RectifiesItself {

        /** Whether it did in its last forward pass. */
        boolean hasRectified();
    }
}
