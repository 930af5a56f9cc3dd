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

/** A ReLU. It does nothing if its producer has already applied it. */
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

    /** @param producer that says whether it has applied the ReLU */
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

    /** A producer that may apply the following ReLU, and its backward pass, itself. */
    interface RectifiesItself {

        /** Whether it applied the ReLU in its last forward pass. */
        boolean hasRectified();
    }
}
