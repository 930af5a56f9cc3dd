package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Layout;
import io.github.resnetspark.kernels.provider.KernelProvider.CopyKernel;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy between two layouts. */
final class OneDnnCopy extends NativeKernel implements CopyKernel {
    private final Layout fromLayout;
    private final Layout toLayout;
    private final memory from;
    private final memory to;
    private final NativeStep copy;

    OneDnnCopy(NativeContext context, ImageShape shape, Layout fromLayout, Layout toLayout) {
        super(context);
        this.fromLayout = fromLayout;
        this.toLayout = toLayout;
        memory.desc outside = nativeLayout(shape, fromLayout);
        memory.desc inside = nativeLayout(shape, toLayout);
        from = borrowed(outside);
        to = borrowed(inside);
        copy = reorder(outside, from, inside, to);
    }

    private memory.desc nativeLayout(ImageShape shape, Layout layout) {
        return own(new memory.desc(
                shape.dimensions(),
                NativeContext.nativeType(layout.type()),
                layout.strides().values()));
    }

    @Override
    public void copy(INDArray from, INDArray to) {
        this.from.set_data_handle(Addresses.of(from, fromLayout.type()));
        this.to.set_data_handle(Addresses.of(to, toLayout.type()));
        copy.run();
    }
}
