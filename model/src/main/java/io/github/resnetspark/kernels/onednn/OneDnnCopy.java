package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider.CopyKernel;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy between two layouts. */
final class OneDnnCopy extends NativeKernel implements CopyKernel {
    private final memory from;
    private final memory to;
    private final NativeStep copy;

    OneDnnCopy(NativeContext context, ImageShape shape, Strides from, Strides to) {
        super(context);
        memory.desc fromLayout = own(new memory.desc(shape.dimensions(), data_type.f32, from.values()));
        memory.desc toLayout = own(new memory.desc(shape.dimensions(), data_type.f32, to.values()));
        this.from = borrowed(fromLayout);
        this.to = borrowed(toLayout);
        var description = own(new reorder.primitive_desc(
                context.engine(), fromLayout, context.engine(), toLayout, context.attributes(), false));
        copy = step(
                new reorder(description),
                description,
                new Argument(dnnl.DNNL_ARG_FROM, this.from),
                new Argument(dnnl.DNNL_ARG_TO, this.to));
    }

    @Override
    public void copy(INDArray from, INDArray to) {
        point(this.from, from);
        point(this.to, to);
        copy.run();
    }
}
