package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape.Bias;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution. The library chooses the layout of the weights, which are reordered in each call. */
final class OneDnnConvolution extends NativeKernel implements ConvolutionKernel {
    private final ConvolutionDescriptions descriptions;
    private final boolean biased;

    private final memory x;
    private final memory y;
    private final memory weights;
    private final memory bias;

    private final ReorderedMemory forwardWeights;
    private final NativeStep forward;
    private Backward backward;

    OneDnnConvolution(NativeContext context, ConvolutionShape shape) {
        super(context);
        descriptions = new ConvolutionDescriptions(this, shape);
        biased = shape.bias() == Bias.PRESENT;
        x = borrowed(descriptions.input());
        y = borrowed(descriptions.output());
        weights = borrowed(descriptions.weights());
        bias = biased ? borrowed(descriptions.bias()) : null;
        var description = descriptions.forward();
        forwardWeights = convertedWeights(description.weights_desc());
        forward = step(
                new convolution_forward(description),
                description,
                arguments(
                        dnnl.DNNL_ARG_BIAS,
                        new Argument(dnnl.DNNL_ARG_SRC, x),
                        new Argument(dnnl.DNNL_ARG_WEIGHTS, forwardWeights.inside()),
                        new Argument(dnnl.DNNL_ARG_DST, y)));
    }

    @Override
    public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
        pointPicture(this.x, x);
        pointPicture(this.y, y);
        point(this.weights, weights);
        if (biased) {
            point(this.bias, bias);
        }
        forwardWeights.bringIn();
        forward.run();
    }

    @Override
    public void backwardParameters(
            INDArray x, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient) {
        Backward steps = backward();
        pointPicture(this.x, x);
        pointPicture(this.y, outputGradient);
        point(this.weights, weightGradient);
        if (biased) {
            point(this.bias, biasGradient);
        }
        steps.weightGradient.prepare();
        steps.parameters.run();
        steps.weightGradient.takeOut();
    }

    @Override
    public void backwardInput(INDArray outputGradient, INDArray weights, INDArray inputGradient) {
        Backward steps = backward();
        pointPicture(this.y, outputGradient);
        point(this.weights, weights);
        pointPicture(this.x, inputGradient);
        steps.inputWeights.bringIn();
        steps.input.run();
    }

    /** Created when it is first needed: a network that only predicts does not need it. */
    private Backward backward() {
        if (backward == null) {
            backward = new Backward();
        }
        return backward;
    }

    private ReorderedMemory convertedWeights(memory.desc layout) {
        return new ReorderedMemory(
                this, descriptions.weights(), weights, layout, context().convertedWeights());
    }

    private Argument[] arguments(int biasIndex, Argument... others) {
        List<Argument> arguments = new ArrayList<>(List.of(others));
        if (biased) {
            arguments.add(new Argument(biasIndex, bias));
        }
        return arguments.toArray(Argument[]::new);
    }

    /** The two halves of the backward pass. They borrow the memory objects of the forward pass for the gradients. */
    private final class Backward {
        final ReorderedMemory weightGradient;
        final NativeStep parameters;
        final ReorderedMemory inputWeights;
        final NativeStep input;

        Backward() {
            var ofInput = descriptions.backwardInput();
            inputWeights = convertedWeights(ofInput.weights_desc());
            input = step(
                    new org.bytedeco.dnnl.convolution_backward_data(ofInput),
                    ofInput,
                    new Argument(dnnl.DNNL_ARG_DIFF_DST, y),
                    new Argument(dnnl.DNNL_ARG_WEIGHTS, inputWeights.inside()),
                    new Argument(dnnl.DNNL_ARG_DIFF_SRC, x));
            var ofParameters = descriptions.backwardParameters();
            weightGradient = convertedWeights(ofParameters.diff_weights_desc());
            parameters = step(
                    new org.bytedeco.dnnl.convolution_backward_weights(ofParameters),
                    ofParameters,
                    arguments(
                            dnnl.DNNL_ARG_DIFF_BIAS,
                            new Argument(dnnl.DNNL_ARG_SRC, x),
                            new Argument(dnnl.DNNL_ARG_DIFF_DST, y),
                            new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, weightGradient.inside())));
        }
    }
}
