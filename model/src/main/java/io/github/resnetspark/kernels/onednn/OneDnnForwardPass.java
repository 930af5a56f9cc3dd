package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ForwardOperation.Addition;
import io.github.resnetspark.kernels.provider.ForwardOperation.Classification;
import io.github.resnetspark.kernels.provider.ForwardOperation.Convolution;
import io.github.resnetspark.kernels.provider.ForwardOperation.Normalization;
import io.github.resnetspark.kernels.provider.ForwardOperation.Padding;
import io.github.resnetspark.kernels.provider.ForwardOperation.Pooling;
import io.github.resnetspark.kernels.provider.ForwardOperation.Rectification;
import io.github.resnetspark.kernels.provider.ForwardOperation.Statistics;
import io.github.resnetspark.kernels.provider.ForwardOperation.Striding;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider.ForwardPass;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A forward pass as a list of primitives whose memory never moves. Activations are channels-last, in the number format
 * in which convolutions multiply; the probabilities are float32.
 */
final class OneDnnForwardPass extends NativeKernel implements ForwardPass {
    private final data_type type;
    private final PassActivations activations;
    private final memory pictures;
    private final List<NativeStep> steps = new ArrayList<>();
    private final List<Runnable> readings = new ArrayList<>();
    private final List<NativeBlock> blocks = new ArrayList<>();
    private Pointer probabilities;

    OneDnnForwardPass(
            NativeContext context, ImageShape input, List<ForwardOperation> operations, BlockPool.FreeBlocks memory) {
        super(context);
        this.type = NativeContext.nativeType(context.activationType());
        this.activations = new PassActivations(this, memory, operations);
        memory.desc outside = own(new memory.desc(input.dimensions(), data_type.f32, format_tag.nchw));
        pictures = borrowed(outside);
        memory.desc inside = picture(input);
        steps.add(reorder(outside, pictures, inside, activations.create(0, inside)));
        for (ForwardOperation operation : operations) {
            add(operation);
            activations.release(operation.inputs());
        }
    }

    private void add(ForwardOperation operation) {
        if (operation instanceof Convolution convolution) {
            add(convolution);
        } else if (operation instanceof Normalization normalization) {
            add(normalization);
        } else if (operation instanceof Addition addition) {
            add(addition);
        } else if (operation instanceof Rectification rectification) {
            add(rectification);
        } else if (operation instanceof Pooling pooling) {
            add(pooling);
        } else if (operation instanceof Striding striding) {
            add(striding);
        } else if (operation instanceof Padding padding) {
            add(padding);
        } else if (operation instanceof Classification classification) {
            add(classification);
        }
    }

    private void add(Convolution convolution) {
        var shape = convolution.shape();
        memory.desc output = picture(shape.output());
        List<Argument> arguments = new ArrayList<>();
        post_ops after = own(new post_ops());
        boolean inPlace = convolution.added().isPresent()
                && activations.canOverwrite(convolution.added().getAsInt());
        if (inPlace) {
            after.append_sum();
        } else if (convolution.added().isPresent()) {
            memory added = activations.of(convolution.added().getAsInt());
            after.append_binary(algorithm.binary_add, output);
            arguments.add(new Argument(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, added));
        }
        boolean biased = convolution.filter().isBiased();
        var description = own(new convolution_forward.primitive_desc(
                context().engine(),
                prop_kind.forward_inference,
                algorithm.convolution_direct,
                picture(shape.input()),
                own(new memory.desc(shape.weights(), type, format_tag.any)),
                biased ? vector(shape.outputs()) : own(new memory.desc()),
                output,
                shape.window().strides(),
                shape.window().paddingInFront(),
                shape.window().paddingBehind(),
                attributes(after, convolution.rectifier()),
                false));
        FilterMemory filter = context().filter(convolution.filter(), own(description.weights_desc()));
        readings.add(filter::read);
        memory y = inPlace
                ? activations.overwrite(convolution.added().getAsInt(), convolution.output())
                : activations.create(convolution.output(), output);
        arguments.add(new Argument(dnnl.DNNL_ARG_SRC, activations.of(convolution.input())));
        arguments.add(new Argument(dnnl.DNNL_ARG_WEIGHTS, filter.weights()));
        arguments.add(new Argument(dnnl.DNNL_ARG_DST, y));
        if (biased) {
            arguments.add(new Argument(dnnl.DNNL_ARG_BIAS, filter.bias()));
        }
        steps.add(step(new convolution_forward(description), description, arguments.toArray(Argument[]::new)));
    }

    private void add(Normalization normalization) {
        memory.desc layout = picture(normalization.shape());
        long[] dimensions = {1, normalization.shape().channels(), 1, 1};
        memory.desc perChannel = own(new memory.desc(dimensions, data_type.f32, format_tag.nhwc));
        memory factors = allocated(perChannel);
        memory summands = allocated(perChannel);
        readings.add(() -> read(normalization.statistics(), factors, summands));
        post_ops after = own(new post_ops());
        after.append_binary(algorithm.binary_add, perChannel);
        var description = own(new binary.primitive_desc(
                context().engine(),
                algorithm.binary_mul,
                layout,
                perChannel,
                layout,
                attributes(after, normalization.rectifier()),
                false));
        steps.add(step(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, activations.of(normalization.input())),
                new Argument(dnnl.DNNL_ARG_SRC_1, factors),
                new Argument(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, summands),
                new Argument(dnnl.DNNL_ARG_DST, activations.create(normalization.output(), layout))));
    }

    private static void read(Statistics statistics, memory factors, memory summands) {
        double[] scale = statistics.factors();
        put(scale, factors);
        put(statistics.summands(scale), summands);
    }

    private static void put(double[] values, memory place) {
        FloatPointer floats = new FloatPointer(place.get_data_handle());
        for (int i = 0; i < values.length; i++) {
            floats.put(i, (float) values[i]);
        }
    }

    private void add(Addition addition) {
        memory.desc layout = picture(addition.shape());
        var description = own(new binary.primitive_desc(
                context().engine(),
                algorithm.binary_add,
                layout,
                layout,
                layout,
                attributes(own(new post_ops()), addition.rectifier()),
                false));
        steps.add(step(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, activations.of(addition.left())),
                new Argument(dnnl.DNNL_ARG_SRC_1, activations.of(addition.right())),
                new Argument(dnnl.DNNL_ARG_DST, activations.create(addition.output(), layout))));
    }

    private void add(Rectification rectification) {
        memory.desc layout = picture(rectification.shape());
        var description = own(new eltwise_forward.primitive_desc(
                context().engine(),
                prop_kind.forward_inference,
                algorithm.eltwise_relu,
                layout,
                layout,
                0f,
                0f,
                context().attributes(),
                false));
        steps.add(step(
                new eltwise_forward(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC, activations.of(rectification.input())),
                new Argument(dnnl.DNNL_ARG_DST, activations.create(rectification.output(), layout))));
    }

    private void add(Pooling pooling) {
        PoolShape shape = pooling.shape();
        memory.desc output = picture(shape.output());
        var description = OneDnnPool.forward(this, shape, prop_kind.forward_inference, picture(shape.input()), output);
        steps.add(step(
                new pooling_forward(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC, activations.of(pooling.input())),
                new Argument(dnnl.DNNL_ARG_DST, activations.create(pooling.output(), output))));
    }

    /** Copies a strided view. */
    private void add(Striding striding) {
        Strides whole = Strides.channelsLast(striding.shape());
        long[] strides = {
            whole.batch(), whole.channels(), striding.strideY() * whole.height(), striding.strideX() * whole.width()
        };
        memory.desc view = own(new memory.desc(striding.result().dimensions(), type, strides));
        memory.desc output = picture(striding.result());
        memory from = placed(view, activations.of(striding.input()).get_data_handle());
        steps.add(reorder(view, from, output, activations.create(striding.output(), output)));
    }

    /** Copies into a view of memory of its own, whose other channels stay 0. */
    private void add(Padding padding) {
        memory.desc output = picture(padding.result());
        NativeBlock block = new NativeBlock(output.get_size());
        block.clear();
        blocks.add(block);
        long[] strides = Strides.channelsLast(padding.result()).values();
        memory.desc view = own(new memory.desc(padding.shape().dimensions(), type, strides));
        long offset = padding.before() * memory.data_type_size(type);
        memory inside = placed(view, Addresses.pointer(block.start().address() + offset));
        steps.add(reorder(picture(padding.shape()), activations.of(padding.input()), view, inside));
        activations.put(padding.output(), placed(output, block.start()));
    }

    private void add(Classification classification) {
        long[] rows = {classification.shape().batch(), classification.shape().channels()};
        long classes = classification.weights().size(1);
        memory.desc features = own(new memory.desc(rows, type, format_tag.nc));
        memory.desc scores = own(new memory.desc(new long[] {rows[0], classes}, data_type.f32, format_tag.nc));
        var description = own(new inner_product_forward.primitive_desc(
                context().engine(),
                prop_kind.forward_inference,
                features,
                own(new memory.desc(new long[] {classes, rows[1]}, type, format_tag.any)),
                vector(classes),
                scores,
                context().attributes(),
                false));
        memory weights = allocated(own(description.weights_desc()));
        memory bias = allocated(vector(classes));
        readings.add(reading(classification.weights(), own(description.weights_desc()), weights));
        readings.add(reading(classification.bias(), bias));
        memory y = activations.create(classification.output(), scores);
        memory x = placed(features, activations.of(classification.input()).get_data_handle());
        steps.add(step(
                new inner_product_forward(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC, x),
                new Argument(dnnl.DNNL_ARG_WEIGHTS, weights),
                new Argument(dnnl.DNNL_ARG_BIAS, bias),
                new Argument(dnnl.DNNL_ARG_DST, y)));
        var softmax = own(new softmax_forward.primitive_desc(
                context().engine(),
                prop_kind.forward_inference,
                algorithm.softmax_accurate,
                scores,
                scores,
                1,
                context().attributes(),
                false));
        steps.add(step(
                new softmax_forward(softmax),
                softmax,
                new Argument(dnnl.DNNL_ARG_SRC, y),
                new Argument(dnnl.DNNL_ARG_DST, y)));
        probabilities = y.get_data_handle();
    }

    /** @param weights {@code [in, out]} with any strides */
    private Runnable reading(INDArray weights, memory.desc layout, memory place) {
        long[] dimensions = {weights.size(1), weights.size(0)};
        long[] strides = {weights.stride(1), weights.stride(0)};
        memory.desc outside = own(new memory.desc(dimensions, data_type.f32, strides));
        memory from = borrowed(outside);
        NativeStep bring = reorder(outside, from, layout, place);
        return () -> {
            point(from, weights);
            bring.run();
        };
    }

    private static Runnable reading(INDArray vector, memory place) {
        return () -> new FloatPointer(place.get_data_handle()).put(Addresses.copyOf(vector));
    }

    @Override
    public void readParameters() {
        readings.forEach(Runnable::run);
    }

    @Override
    public Pointer run(Pointer input) {
        pictures.set_data_handle(input);
        steps.forEach(NativeStep::run);
        return probabilities;
    }

    @Override
    public void close() {
        super.close();
        blocks.forEach(NativeBlock::close);
    }
}
