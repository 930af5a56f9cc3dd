package io.github.resnetspark.accel.onednn;

import io.github.resnetspark.accel.kernel.ConvolutionKernel;
import io.github.resnetspark.accel.kernel.ConvolutionShape;
import io.github.resnetspark.accel.kernel.ConvolutionShape.Bias;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution. The library chooses the layout of the weights, which are brought into it and back in each call. */
final class OneDnnConvolution extends NativeKernel implements ConvolutionKernel {
    private final ConvolutionShape shape;

    private final memory.desc input;
    private final memory.desc output;
    private final memory.desc outsideWeights;
    private final memory.desc anyWeights;
    private final memory.desc biasLayout;
    private final convolution_forward.primitive_desc forwardDescription;

    private final memory x;
    private final memory y;
    private final memory weights;
    private final memory bias;

    private final Reordered forwardWeights;
    private final NativeStep forward;
    private Backward backward;

    OneDnnConvolution(NativeContext context, ConvolutionShape shape) {
        super(context);
        this.shape = shape;
        input = picture(shape.input());
        output = picture(shape.output());
        long[] weightDimensions = {
            shape.outputs(),
            shape.input().channels(),
            shape.window().height(),
            shape.window().width()
        };
        outsideWeights = own(new memory.desc(weightDimensions, data_type.f32, format_tag.oihw));
        anyWeights = own(new memory.desc(weightDimensions, data_type.f32, format_tag.any));
        // An empty layout stands for «no bias».
        biasLayout = hasBias() ? vector(shape.outputs()) : own(new memory.desc());
        forwardDescription = own(new convolution_forward.primitive_desc(
                context.engine(),
                prop_kind.forward_training,
                algorithm.convolution_direct,
                input,
                anyWeights,
                biasLayout,
                output,
                shape.window().strides(),
                shape.window().padding(),
                shape.window().padding(),
                context.attributes(),
                false));
        x = borrowed(input);
        y = borrowed(output);
        weights = borrowed(outsideWeights);
        bias = hasBias() ? borrowed(biasLayout) : null;
        forwardWeights = new Reordered(forwardDescription.weights_desc());
        forward = step(
                new convolution_forward(forwardDescription),
                forwardDescription,
                arguments(
                        dnnl.DNNL_ARG_BIAS,
                        bias,
                        new Argument(dnnl.DNNL_ARG_SRC, x),
                        new Argument(dnnl.DNNL_ARG_WEIGHTS, forwardWeights.inside),
                        new Argument(dnnl.DNNL_ARG_DST, y)));
    }

    private boolean hasBias() {
        return shape.bias() == Bias.PRESENT;
    }

    @Override
    public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
        point(this.x, x);
        point(this.y, y);
        point(this.weights, weights);
        if (hasBias()) {
            point(this.bias, bias);
        }
        forwardWeights.bringIn();
        forward.run();
    }

    @Override
    public void backwardInput(INDArray outputGradient, INDArray weights, INDArray inputGradient) {
        Backward backward = backward();
        point(this.y, outputGradient);
        point(this.weights, weights);
        point(this.x, inputGradient);
        backward.inputWeights.bringIn();
        backward.input.run();
    }

    @Override
    public void backwardParameters(
            INDArray x, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient) {
        Backward backward = backward();
        point(this.x, x);
        point(this.y, outputGradient);
        point(this.weights, weightGradient);
        if (hasBias()) {
            point(this.bias, biasGradient);
        }
        backward.weightGradient.place();
        backward.parameters.run();
        backward.weightGradient.takeOut();
    }

    /** Made when first needed: a network that only predicts never does. */
    private Backward backward() {
        if (backward == null) {
            backward = new Backward();
        }
        return backward;
    }

    private static Argument[] arguments(int biasIndex, memory bias, Argument... others) {
        List<Argument> arguments = new ArrayList<>(List.of(others));
        if (bias != null) {
            arguments.add(new Argument(biasIndex, bias));
        }
        return arguments.toArray(Argument[]::new);
    }

    /** The two halves of the backward pass. They borrow the memory objects of the forward pass for the gradients. */
    private final class Backward {
        final Reordered inputWeights;
        final NativeStep input;
        final Reordered weightGradient;
        final NativeStep parameters;

        Backward() {
            var inputDescription = own(new convolution_backward_data.primitive_desc(
                    context().engine(),
                    algorithm.convolution_direct,
                    OneDnnConvolution.this.input,
                    anyWeights,
                    output,
                    shape.window().strides(),
                    shape.window().padding(),
                    shape.window().padding(),
                    forwardDescription,
                    context().attributes(),
                    false));
            inputWeights = new Reordered(inputDescription.weights_desc());
            input = step(
                    new convolution_backward_data(inputDescription),
                    inputDescription,
                    new Argument(dnnl.DNNL_ARG_DIFF_DST, y),
                    new Argument(dnnl.DNNL_ARG_WEIGHTS, inputWeights.inside),
                    new Argument(dnnl.DNNL_ARG_DIFF_SRC, x));
            var parameterDescription = own(new convolution_backward_weights.primitive_desc(
                    context().engine(),
                    algorithm.convolution_direct,
                    OneDnnConvolution.this.input,
                    anyWeights,
                    biasLayout,
                    output,
                    shape.window().strides(),
                    shape.window().padding(),
                    shape.window().padding(),
                    forwardDescription,
                    context().attributes(),
                    false));
            weightGradient = new Reordered(parameterDescription.diff_weights_desc());
            parameters = step(
                    new convolution_backward_weights(parameterDescription),
                    parameterDescription,
                    arguments(
                            dnnl.DNNL_ARG_DIFF_BIAS,
                            bias,
                            new Argument(dnnl.DNNL_ARG_SRC, x),
                            new Argument(dnnl.DNNL_ARG_DIFF_DST, y),
                            new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, weightGradient.inside)));
        }
    }

    /** Weights in a layout that the library chose; they live in shared scratch memory from one call to the next step. */
    private final class Reordered {
        final memory inside;
        private final long bytes;
        private final NativeStep in;
        private final NativeStep out;

        Reordered(memory.desc layout) {
            own(layout);
            bytes = layout.get_size();
            inside = borrowed(layout);
            in = reordering(outsideWeights, weights, layout, inside);
            out = reordering(layout, inside, outsideWeights, weights);
        }

        private NativeStep reordering(memory.desc fromLayout, memory from, memory.desc toLayout, memory to) {
            var description = own(new reorder.primitive_desc(
                    context().engine(),
                    fromLayout,
                    context().engine(),
                    toLayout,
                    context().attributes(),
                    false));
            return step(
                    new reorder(description),
                    description,
                    new Argument(dnnl.DNNL_ARG_FROM, from),
                    new Argument(dnnl.DNNL_ARG_TO, to));
        }

        void place() {
            inside.set_data_handle(context().weights().of(bytes));
        }

        void bringIn() {
            place();
            in.run();
        }

        void takeOut() {
            out.run();
        }
    }
}
