package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ReluKernel;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A ReLU whose backward pass needs only its output. */
final class OneDnnRelu extends NativeKernel implements ReluKernel {
    private final memory x;
    private final memory y;
    private final memory outputGradient;
    private final NativeStep forward;
    private final NativeStep backward;

    OneDnnRelu(NativeContext context, ImageShape shape) {
        super(context);
        memory.desc picture = picture(shape);
        x = borrowed(picture);
        y = borrowed(picture);
        outputGradient = borrowed(picture);
        int relu = algorithm.eltwise_relu_use_dst_for_bwd.value;
        var forwardDescription = own(new eltwise_forward.primitive_desc(
                context.engine(),
                prop_kind.forward_training.value,
                relu,
                picture,
                picture,
                0f,
                0f,
                context.attributes(),
                false));
        forward = step(
                new eltwise_forward(forwardDescription),
                forwardDescription,
                new Argument(dnnl.DNNL_ARG_SRC, x),
                new Argument(dnnl.DNNL_ARG_DST, y));
        var backwardDescription = own(new eltwise_backward.primitive_desc(
                context.engine(),
                relu,
                picture,
                picture,
                picture,
                0f,
                0f,
                forwardDescription,
                context.attributes(),
                false));
        backward = step(
                new eltwise_backward(backwardDescription),
                backwardDescription,
                new Argument(dnnl.DNNL_ARG_DST, y),
                new Argument(dnnl.DNNL_ARG_DIFF_DST, outputGradient),
                new Argument(dnnl.DNNL_ARG_DIFF_SRC, x));
    }

    @Override
    public void forward(INDArray x, INDArray y) {
        pointPicture(this.x, x);
        pointPicture(this.y, y);
        forward.run();
    }

    @Override
    public void backward(INDArray y, INDArray outputGradient, INDArray inputGradient) {
        pointPicture(this.y, y);
        pointPicture(this.outputGradient, outputGradient);
        pointPicture(this.x, inputGradient);
        backward.run();
    }
}
