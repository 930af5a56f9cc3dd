package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape.Bias;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.FusedConvolutionShape.After;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution with the following operations as post-operations of its primitive. */
final class OneDnnFusedConvolution extends NativeKernel implements FusedConvolutionKernel {
    private final memory x;
    private final memory weights;
    private final memory bias;
    private final memory y;
    private final memory scale;
    private final memory shift;
    private final memory added;
    private final ReorderedMemory input;
    /** {@code null} if they are constant. */
    private final ReorderedMemory broughtWeights;

    private final NativeStep convolution;

    /** @param constant weights that do not change; {@code null} if each call passes its own */
    OneDnnFusedConvolution(NativeContext context, FusedConvolutionShape shape, OneDnnConstantWeights constant) {
        super(context);
        long[] output = shape.convolution().output().dimensions();
        memory.desc perChannel = own(new memory.desc(new long[] {1, output[1], 1, 1}, data_type.f32, format_tag.nhwc));
        memory.desc picture = picture(shape.convolution().output());
        post_ops after = own(new post_ops());
        List<Argument> arguments = new ArrayList<>();
        boolean normalizes = shape.after().contains(After.NORMALIZE);
        scale = normalizes ? append(after, algorithm.binary_mul, perChannel, arguments) : null;
        shift = normalizes ? append(after, algorithm.binary_add, perChannel, arguments) : null;
        added = shape.after().contains(After.ADD) ? append(after, algorithm.binary_add, picture, arguments) : null;
        if (shape.after().contains(After.RECTIFY)) {
            after.append_eltwise(algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = own(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        attributes.set_post_ops(after);

        ConvolutionDescriptions descriptions =
                new ConvolutionDescriptions(this, shape.convolution(), prop_kind.forward_inference, attributes);
        x = borrowed(descriptions.input());
        y = borrowed(descriptions.output());
        weights = borrowed(descriptions.weights());
        bias = shape.convolution().bias() == Bias.PRESENT ? borrowed(descriptions.bias()) : null;
        var description = descriptions.forward();
        input = new ReorderedMemory(this, descriptions.input(), x, description.src_desc(), context.convertedInput());
        memory.desc wanted = own(description.weights_desc());
        broughtWeights = constant == null
                ? new ReorderedMemory(this, descriptions.weights(), weights, wanted, context.convertedWeights())
                : null;
        arguments.add(new Argument(dnnl.DNNL_ARG_SRC, input.inside()));
        arguments.add(
                new Argument(dnnl.DNNL_ARG_WEIGHTS, constant == null ? broughtWeights.inside() : constant.in(wanted)));
        arguments.add(new Argument(dnnl.DNNL_ARG_DST, y));
        if (bias != null) {
            arguments.add(new Argument(dnnl.DNNL_ARG_BIAS, bias));
        }
        convolution = step(new convolution_forward(description), description, arguments.toArray(Argument[]::new));
    }

    private memory append(post_ops after, algorithm operation, memory.desc layout, List<Argument> arguments) {
        memory operand = borrowed(layout);
        arguments.add(new Argument(
                dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (after.len() + 1) | dnnl.DNNL_ARG_SRC_1, operand));
        after.append_binary(operation, layout);
        return operand;
    }

    @Override
    public void infer(Operands operands, INDArray result) {
        point(x, operands.x());
        point(weights, operands.weights());
        point(y, result);
        if (bias != null) {
            point(bias, operands.bias());
        }
        if (scale != null) {
            point(scale, operands.scale());
            point(shift, operands.shift());
        }
        if (added != null) {
            point(added, operands.added());
        }
        input.bringIn();
        if (broughtWeights != null) {
            broughtWeights.bringIn();
        }
        convolution.run();
    }
}
