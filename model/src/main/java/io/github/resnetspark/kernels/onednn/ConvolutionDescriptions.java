package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape.Bias;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * The inputs and outputs of a convolution's primitives. The library chooses the layout of weights and of their gradient,
 * which is float32, as outside.
 */
final class ConvolutionDescriptions {
    private final NativeKernel kernel;
    private final ConvolutionShape shape;

    private final memory.desc input;
    private final memory.desc output;
    private final memory.desc weights;
    private final memory.desc bias;

    private final memory.desc multipliedWeights;
    private final memory.desc weightGradient;
    private final convolution_forward.primitive_desc forward;

    ConvolutionDescriptions(NativeKernel kernel, ConvolutionShape shape) {
        this.kernel = kernel;
        this.shape = shape;
        data_type multiplied = NativeContext.nativeType(kernel.context().activationType());
        input = kernel.picture(shape.input());
        output = kernel.picture(shape.output());
        weights = kernel.own(new memory.desc(shape.weights(), data_type.f32, format_tag.oihw));
        // An empty layout means "no bias".
        bias = shape.bias() == Bias.PRESENT ? kernel.vector(shape.outputs()) : kernel.own(new memory.desc());
        multipliedWeights = kernel.own(new memory.desc(shape.weights(), multiplied, format_tag.any));
        weightGradient = kernel.own(new memory.desc(shape.weights(), data_type.f32, format_tag.any));
        forward = kernel.own(new convolution_forward.primitive_desc(
                kernel.context().engine(),
                prop_kind.forward_training,
                algorithm.convolution_direct,
                input,
                multipliedWeights,
                bias,
                output,
                shape.window().strides(),
                shape.window().paddingInFront(),
                shape.window().paddingBehind(),
                kernel.context().attributes(),
                false));
    }

    memory.desc input() {
        return input;
    }

    memory.desc output() {
        return output;
    }

    /** {@code [out, in, height, width]}. */
    memory.desc weights() {
        return weights;
    }

    memory.desc bias() {
        return bias;
    }

    convolution_forward.primitive_desc forward() {
        return forward;
    }

    convolution_backward_data.primitive_desc backwardInput() {
        return kernel.own(new convolution_backward_data.primitive_desc(
                kernel.context().engine(),
                algorithm.convolution_direct,
                input,
                multipliedWeights,
                output,
                shape.window().strides(),
                shape.window().paddingInFront(),
                shape.window().paddingBehind(),
                forward,
                kernel.context().attributes(),
                false));
    }

    convolution_backward_weights.primitive_desc backwardParameters() {
        return kernel.own(new convolution_backward_weights.primitive_desc(
                kernel.context().engine(),
                algorithm.convolution_direct,
                input,
                weightGradient,
                bias,
                output,
                shape.window().strides(),
                shape.window().paddingInFront(),
                shape.window().paddingBehind(),
                forward,
                kernel.context().attributes(),
                false));
    }
}
