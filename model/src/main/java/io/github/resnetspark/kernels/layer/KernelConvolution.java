package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape.Bias;
import io.github.resnetspark.kernels.provider.Window;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution. */
final class KernelConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;
    private final transient KernelCache<ConvolutionShape, ConvolutionKernel> kernels;
    private final boolean readsPictures;

    private KernelConvolution(NetworkKernels network, ConvolutionLayer stock, boolean readsPictures) {
        super(stock.conf(), org.nd4j.linalg.api.buffer.DataType.FLOAT);
        this.network = network;
        this.kernels = new KernelCache<>(network.provider()::convolution);
        this.readsPictures = readsPictures;
    }

    static boolean canReplace(ConvolutionLayer stock) {
        var layer = stock.layerConf();
        int[] dilation = layer.getDilation();
        return stock.getClass() == ConvolutionLayer.class
                && layer.getConvolutionMode() == ConvolutionMode.Truncate
                && layer.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && layer.getActivationFn() instanceof ActivationIdentity
                && layer.getIDropout() == null
                && layer.getWeightNoise() == null
                && dilation[0] == 1
                && dilation[1] == 1;
    }

    /** @param readsPictures whether its input is the network's input, whose gradient is not needed */
    static KernelConvolution replacing(NetworkKernels network, ConvolutionLayer stock, boolean readsPictures) {
        return Replacement.handOver(stock, new KernelConvolution(network, stock, readsPictures));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        validateInputRank();
        validateInputDepth(layerConf().getNIn());
        INDArray x = network.channelsLast(input, ArrayType.FF_WORKING_MEM, workspaces);
        ConvolutionShape shape = shape(x);
        INDArray y = network.activation(shape.output(), workspaces);
        kernels.of(shape).forward(x, weights(), bias(), y);
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray x = network.channelsLast(input, ArrayType.BP_WORKING_MEM, workspaces);
        ConvolutionShape shape = shape(x);
        ConvolutionKernel kernel = kernels.of(shape);
        GradientArray outputGradient = network.gradients().arriving(epsilon);

        Gradient gradient = new DefaultGradient();
        INDArray weightGradient = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
        INDArray biasGradient = hasBias() ? gradientViews.get(ConvolutionParamInitializer.BIAS_KEY) : null;
        kernel.backwardParameters(x, outputGradient, weightGradient, biasGradient);
        if (hasBias()) {
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
        }
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');

        GradientArray inputGradient = null;
        if (!(readsPictures && network.onlyResultsCount())) {
            inputGradient = network.gradients().take(shape.input());
            kernel.backwardInput(outputGradient, weights(), inputGradient);
        }
        outputGradient.release();
        return new Pair<>(gradient, inputGradient);
    }

    /**
     * As in DL4J.
     *
     * @throws DL4JInvalidInputException if the number of channels is wrong
     */
    void requireChannels(ImageShape input) {
        if (input.channels() != layerConf().getNIn()) {
            throw new DL4JInvalidInputException("The pictures have " + input.channels() + " channels, but "
                    + layerConf().getLayerName() + " needs " + layerConf().getNIn());
        }
    }

    private ConvolutionShape shape(INDArray x) {
        return shape(ImageShape.of(x));
    }

    ConvolutionShape shape(ImageShape input) {
        var layer = layerConf();
        return new ConvolutionShape(
                input,
                layer.getNOut(),
                Window.of(layer.getKernelSize(), layer.getStride(), layer.getPadding()),
                hasBias() ? Bias.PRESENT : Bias.ABSENT);
    }

    INDArray weights() {
        return params.get(ConvolutionParamInitializer.WEIGHT_KEY);
    }

    /** {@code null} in a convolution without a bias. */
    INDArray bias() {
        return hasBias() ? params.get(ConvolutionParamInitializer.BIAS_KEY) : null;
    }
}
