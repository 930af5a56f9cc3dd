package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.AddKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of two arrays. */
final class OneDnnAdd extends NativeKernel implements AddKernel {
    private final memory left;
    private final memory right;
    private final memory sum;
    private final NativeStep add;

    OneDnnAdd(NativeContext context, ImageShape shape, Rectifier rectifier) {
        super(context);
        memory.desc picture = picture(shape);
        left = borrowed(picture);
        right = borrowed(picture);
        sum = borrowed(picture);
        var description = own(new binary.primitive_desc(
                context.engine(),
                algorithm.binary_add.value,
                picture,
                picture,
                picture,
                attributes(own(new post_ops()), rectifier),
                false));
        add = step(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, left),
                new Argument(dnnl.DNNL_ARG_SRC_1, right),
                new Argument(dnnl.DNNL_ARG_DST, sum));
    }

    @Override
    public void add(INDArray left, INDArray right, INDArray sum) {
        pointPicture(this.left, left);
        pointPicture(this.right, right);
        pointPicture(this.sum, sum);
        add.run();
    }
}
