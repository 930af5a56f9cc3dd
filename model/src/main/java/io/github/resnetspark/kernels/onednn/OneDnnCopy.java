package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider.CopyKernel;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
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
        copy = reorder(fromLayout, this.from, toLayout, this.to);
    }

    @Override
    public void copy(INDArray from, INDArray to) {
        point(this.from, from);
        point(this.to, to);
        copy.run();
    }
}
