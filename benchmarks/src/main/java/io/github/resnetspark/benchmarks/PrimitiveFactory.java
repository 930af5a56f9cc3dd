package io.github.resnetspark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** Creates primitives that are ready to run. Each has its own memory, which is freed when the process ends. */
final class PrimitiveFactory {
    private static final float EPSILON = 1e-5f;

    private final engine cpu;
    private final stream queue;
    private final primitive_attr plain = new primitive_attr();
    private final List<Object> kept = new ArrayList<>();

    PrimitiveFactory(engine cpu) {
        this.cpu = cpu;
        this.queue = new stream(cpu);
    }

    /** What a layer does. */
    record Pass(Runnable forward, Runnable backward) {}

    Pass convolution(long[] x, long[] y, ConvolutionLayer layer, boolean withInputGradient) {
        memory.desc input = picture(x);
        memory.desc output = picture(y);
        long[] size = {y[1], x[1], layer.getKernelSize()[0], layer.getKernelSize()[1]};
        memory.desc weights = new memory.desc(size, data_type.f32, format_tag.any);
        memory.desc bias = new memory.desc();
        long[] stride = {layer.getStride()[0], layer.getStride()[1]};
        long[] padding = {layer.getPadding()[0], layer.getPadding()[1]};
        algorithm direct = algorithm.convolution_direct;
        var forward = new convolution_forward.primitive_desc(
                cpu,
                prop_kind.forward_training,
                direct,
                input,
                weights,
                bias,
                output,
                stride,
                padding,
                padding,
                plain,
                false);
        var ofWeights = new convolution_backward_weights.primitive_desc(
                cpu, direct, input, weights, bias, output, stride, padding, padding, forward, plain, false);
        memory pictures = allocated(input);
        memory gradient = allocated(output);
        Runnable run = step(
                new convolution_forward(forward),
                Map.of(
                        dnnl.DNNL_ARG_SRC, pictures,
                        dnnl.DNNL_ARG_WEIGHTS, allocated(forward.weights_desc()),
                        dnnl.DNNL_ARG_DST, allocated(output)));
        Runnable runWeights = step(
                new convolution_backward_weights(ofWeights),
                Map.of(
                        dnnl.DNNL_ARG_SRC, pictures,
                        dnnl.DNNL_ARG_DIFF_DST, gradient,
                        dnnl.DNNL_ARG_DIFF_WEIGHTS, allocated(ofWeights.diff_weights_desc())));
        if (!withInputGradient) {
            return new Pass(run, runWeights);
        }
        var ofInput = new convolution_backward_data.primitive_desc(
                cpu, direct, input, weights, output, stride, padding, padding, forward, plain, false);
        Runnable runInput = step(
                new convolution_backward_data(ofInput),
                Map.of(
                        dnnl.DNNL_ARG_DIFF_DST, gradient,
                        dnnl.DNNL_ARG_WEIGHTS, allocated(ofInput.weights_desc()),
                        dnnl.DNNL_ARG_DIFF_SRC, allocated(input)));
        return new Pass(run, () -> {
            runWeights.run();
            runInput.run();
        });
    }

    Pass batchNorm(long[] shape, boolean rectified) {
        memory.desc layout = picture(shape);
        memory.desc vector = new memory.desc(new long[] {shape[1]}, data_type.f32, format_tag.x);
        int flags = normalization_flags.use_scale.value
                | normalization_flags.use_shift.value
                | (rectified ? normalization_flags.fuse_norm_relu.value : 0);
        var forward = new batch_normalization_forward.primitive_desc(
                cpu, prop_kind.forward_training.value, layout, layout, EPSILON, flags, plain, false);
        var backward = new batch_normalization_backward.primitive_desc(
                cpu, prop_kind.backward.value, layout, layout, layout, EPSILON, flags, forward, plain, false);
        memory x = allocated(layout);
        memory scale = allocated(vector);
        memory mean = allocated(vector);
        memory variance = allocated(vector);
        memory workspace = allocated(forward.workspace_desc());
        Runnable run = step(
                new batch_normalization_forward(forward),
                Map.of(
                        dnnl.DNNL_ARG_SRC, x,
                        dnnl.DNNL_ARG_SCALE, scale,
                        dnnl.DNNL_ARG_SHIFT, allocated(vector),
                        dnnl.DNNL_ARG_MEAN, mean,
                        dnnl.DNNL_ARG_VARIANCE, variance,
                        dnnl.DNNL_ARG_WORKSPACE, workspace,
                        dnnl.DNNL_ARG_DST, allocated(layout)));
        Runnable runBackward = step(
                new batch_normalization_backward(backward),
                Map.of(
                        dnnl.DNNL_ARG_SRC, x,
                        dnnl.DNNL_ARG_SCALE, scale,
                        dnnl.DNNL_ARG_MEAN, mean,
                        dnnl.DNNL_ARG_VARIANCE, variance,
                        dnnl.DNNL_ARG_WORKSPACE, workspace,
                        dnnl.DNNL_ARG_DIFF_DST, allocated(layout),
                        dnnl.DNNL_ARG_DIFF_SRC, allocated(layout),
                        dnnl.DNNL_ARG_DIFF_SCALE, allocated(vector),
                        dnnl.DNNL_ARG_DIFF_SHIFT, allocated(vector)));
        return new Pass(run, runBackward);
    }

    /** The backward pass of the ReLU, and the sum of the gradients if two branches read its output. */
    Pass addition(long[] shape, boolean rectified) {
        memory.desc layout = picture(shape);
        post_ops relu = new post_ops();
        relu.append_eltwise(algorithm.eltwise_relu, 0, 0);
        primitive_attr withRelu = keep(new primitive_attr());
        withRelu.set_post_ops(relu);
        int addition = algorithm.binary_add.value;
        var add = new binary.primitive_desc(cpu, addition, layout, layout, layout, rectified ? withRelu : plain, false);
        var sum = new binary.primitive_desc(cpu, addition, layout, layout, layout, plain, false);
        memory left = allocated(layout);
        memory right = allocated(layout);
        memory y = allocated(layout);
        Map<Integer, memory> arguments =
                Map.of(dnnl.DNNL_ARG_SRC_0, left, dnnl.DNNL_ARG_SRC_1, right, dnnl.DNNL_ARG_DST, y);
        Runnable run = step(new binary(add), arguments);
        Runnable sumOfGradients = step(new binary(sum), arguments);
        if (!rectified) {
            return new Pass(run, sumOfGradients);
        }
        int kind = algorithm.eltwise_relu_use_dst_for_bwd.value;
        var forward = new eltwise_forward.primitive_desc(
                cpu, prop_kind.forward_training.value, kind, layout, layout, 0f, 0f, plain, false);
        var backward =
                new eltwise_backward.primitive_desc(cpu, kind, layout, layout, layout, 0f, 0f, forward, plain, false);
        Runnable runBackward = step(
                new eltwise_backward(backward),
                Map.of(dnnl.DNNL_ARG_DST, y, dnnl.DNNL_ARG_DIFF_DST, left, dnnl.DNNL_ARG_DIFF_SRC, right));
        return new Pass(run, () -> {
            sumOfGradients.run();
            runBackward.run();
        });
    }

    private static memory.desc picture(long[] shape) {
        return new memory.desc(shape, data_type.f32, format_tag.nhwc);
    }

    private memory allocated(memory.desc layout) {
        memory place = keep(new memory(layout, cpu));
        long values = layout.get_size() / Float.BYTES;
        if (values > 0) {
            // Pages that were never written would all map to the same page of zeros.
            FloatPointer content = new FloatPointer(place.get_data_handle()).capacity(values);
            float[] ones = new float[(int) Math.min(values, 1 << 20)];
            java.util.Arrays.fill(ones, 0.5f);
            for (long done = 0; done < values; done += ones.length) {
                content.position(done).put(ones, 0, (int) Math.min(ones.length, values - done));
            }
        }
        return place;
    }

    private Runnable step(primitive operation, Map<Integer, memory> arguments) {
        IntMemoryMap map = keep(new IntMemoryMap());
        arguments.forEach(map::put);
        keep(operation);
        return () -> operation.execute(queue, map);
    }

    private <T> T keep(T object) {
        kept.add(object);
        return object;
    }
}
