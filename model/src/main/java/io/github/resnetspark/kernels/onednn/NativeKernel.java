package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.Kernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Owns the native objects of a kernel. */
abstract class NativeKernel implements Kernel {
    private final NativeContext context;
    private final List<Pointer> owned = new ArrayList<>();

    NativeKernel(NativeContext context) {
        this.context = context;
    }

    NativeContext context() {
        return context;
    }

    /** Keeps a native object until the kernel is closed. */
    final <P extends Pointer> P own(P pointer) {
        owned.add(pointer);
        return pointer;
    }

    /** The layout of a contiguous channels-last activation or gradient. */
    final memory.desc picture(ImageShape shape) {
        return picture(shape, context.activationType());
    }

    /** The layout of a contiguous channels-last array. */
    final memory.desc picture(ImageShape shape, DataType type) {
        return own(new memory.desc(shape.dimensions(), NativeContext.nativeType(type), memory.format_tag.nhwc));
    }

    /** The layout of one value per channel. */
    final memory.desc vector(long length) {
        return own(new memory.desc(new long[] {length}, memory.data_type.f32, memory.format_tag.x));
    }

    /** Memory whose address is set before every run. */
    final memory borrowed(memory.desc layout) {
        return own(new memory(layout, context.engine(), new Pointer()));
    }

    /** Memory at an address that does not change. */
    final memory placed(memory.desc layout, Pointer address) {
        return own(new memory(layout, context.engine(), address));
    }

    /** Memory with the lifetime of the kernel. */
    final memory allocated(memory.desc layout) {
        return own(new memory(layout, context.engine()));
    }

    /** A primitive that always runs with the same memory objects. */
    final NativeStep step(primitive operation, primitive_desc_base description, Argument... arguments) {
        IntMemoryMap map = own(new IntMemoryMap());
        for (Argument argument : arguments) {
            map.put(argument.index(), argument.place());
        }
        return new NativeStep(this, own(operation), own(description), map);
    }

    /** Of a primitive that other operations follow, and the ReLU if there is one. */
    final primitive_attr attributes(post_ops after, Rectifier rectifier) {
        if (rectifier == Rectifier.RELU) {
            after.append_eltwise(algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = own(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        attributes.set_post_ops(after);
        return attributes;
    }

    /** Copies between two layouts of the same values. */
    final NativeStep reorder(memory.desc fromLayout, memory from, memory.desc toLayout, memory to) {
        var description = own(new reorder.primitive_desc(
                context.engine(), fromLayout, context.engine(), toLayout, context.attributes(), false));
        return step(
                new reorder(description),
                description,
                new Argument(dnnl.DNNL_ARG_FROM, from),
                new Argument(dnnl.DNNL_ARG_TO, to));
    }

    /** @param array a float array */
    static void point(memory place, INDArray array) {
        place.set_data_handle(Addresses.of(array));
    }

    /** @param array an activation or its gradient */
    final void pointPicture(memory place, INDArray array) {
        place.set_data_handle(Addresses.of(array, context.activationType()));
    }

    @Override
    public void close() {
        context.forget(this);
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
        owned.clear();
    }

    /** The memory for a primitive's argument with that index. */
    record Argument(int index, memory place) {}
}
