package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape.Kind;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling. */
final class OneDnnPool extends NativeKernel implements PoolKernel {
    private static final long[] NO_DILATION = {0, 0};

    private final PoolShape shape;
    private final DataType type;
    private final memory.desc input;
    private final memory.desc output;
    private final memory x;
    private final memory y;
    private NativeStep inference;
    private Training training;

    OneDnnPool(NativeContext context, PoolShape shape, DataType type) {
        super(context);
        this.shape = shape;
        this.type = type;
        input = picture(shape.input(), type);
        output = picture(shape.output(), type);
        x = borrowed(input);
        y = borrowed(output);
    }

    @Override
    public void forward(INDArray x, INDArray y) {
        if (training == null) {
            training = new Training();
        }
        pointBoth(x, y);
        training.forward.run();
    }

    @Override
    public void infer(INDArray x, INDArray y) {
        if (inference == null) {
            var description = forward(this, shape, prop_kind.forward_inference, input, output);
            inference = step(new pooling_forward(description), description, arguments(null));
        }
        pointBoth(x, y);
        inference.run();
    }

    @Override
    public void backward(INDArray outputGradient, INDArray inputGradient) {
        if (training == null) {
            throw new IllegalStateException("The backward pass of " + shape + " needs a forward pass first");
        }
        pointBoth(inputGradient, outputGradient);
        training.backward.run();
    }

    private void pointBoth(INDArray x, INDArray y) {
        this.x.set_data_handle(Addresses.of(x, type));
        this.y.set_data_handle(Addresses.of(y, type));
    }

    /** A forward pass from one layout to another. */
    static pooling_forward.primitive_desc forward(
            NativeKernel kernel, PoolShape shape, prop_kind kind, memory.desc input, memory.desc output) {
        return kernel.own(new pooling_forward.primitive_desc(
                kernel.context().engine(),
                kind.value,
                method(shape).value,
                input,
                output,
                shape.window().strides(),
                shape.window().size(),
                NO_DILATION,
                shape.window().paddingInFront(),
                shape.window().paddingBehind(),
                kernel.context().attributes(),
                false));
    }

    private static algorithm method(PoolShape shape) {
        return shape.kind() == Kind.MAXIMUM ? algorithm.pooling_max : algorithm.pooling_avg_exclude_padding;
    }

    /** @param origins of the maxima, for the backward pass, or {@code null} */
    private Argument[] arguments(memory origins) {
        List<Argument> arguments =
                new ArrayList<>(List.of(new Argument(dnnl.DNNL_ARG_SRC, x), new Argument(dnnl.DNNL_ARG_DST, y)));
        if (origins != null) {
            arguments.add(new Argument(dnnl.DNNL_ARG_WORKSPACE, origins));
        }
        return arguments.toArray(Argument[]::new);
    }

    /** State for training only. The backward pass borrows the memory objects of the forward pass for the gradients. */
    private final class Training {
        final NativeStep forward;
        final NativeStep backward;

        Training() {
            var forwardDescription =
                    OneDnnPool.forward(OneDnnPool.this, shape, prop_kind.forward_training, input, output);
            memory origins = shape.kind() == Kind.MAXIMUM ? allocated(own(forwardDescription.workspace_desc())) : null;
            forward = step(new pooling_forward(forwardDescription), forwardDescription, arguments(origins));
            var backwardDescription = own(new pooling_backward.primitive_desc(
                    context().engine(),
                    method(shape).value,
                    input,
                    output,
                    shape.window().strides(),
                    shape.window().size(),
                    NO_DILATION,
                    shape.window().paddingInFront(),
                    shape.window().paddingBehind(),
                    forwardDescription,
                    context().attributes(),
                    false));
            List<Argument> arguments = new ArrayList<>(
                    List.of(new Argument(dnnl.DNNL_ARG_DIFF_SRC, x), new Argument(dnnl.DNNL_ARG_DIFF_DST, y)));
            if (origins != null) {
                arguments.add(new Argument(dnnl.DNNL_ARG_WORKSPACE, origins));
            }
            backward = step(
                    new pooling_backward(backwardDescription), backwardDescription, arguments.toArray(Argument[]::new));
        }
    }
}
