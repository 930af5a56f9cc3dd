package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.BatchNormKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation, optionally with the following ReLU. */
final class OneDnnBatchNorm extends NativeKernel implements BatchNormKernel {
    private final ImageShape shape;
    private final float epsilon;
    private final boolean rectified;
    private final memory.desc picture;

    private final memory x;
    private final memory y;
    private final memory gamma;
    private final memory beta;
    private final memory mean;
    private final memory variance;

    private Training training;
    private NativeStep inference;

    OneDnnBatchNorm(NativeContext context, ImageShape shape, float epsilon, Rectifier rectifier) {
        super(context);
        this.shape = shape;
        this.epsilon = epsilon;
        this.rectified = rectifier == Rectifier.RELU;
        this.picture = picture(shape);
        memory.desc vector = vector(shape.channels());
        x = borrowed(picture);
        y = borrowed(picture);
        gamma = borrowed(vector);
        beta = borrowed(vector);
        mean = borrowed(vector);
        variance = borrowed(vector);
    }

    @Override
    public void forward(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (training == null) {
            training = new Training();
        }
        point(x, gamma, beta, mean, variance, y);
        training.forward.run();
    }

    @Override
    public void infer(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        if (inference == null) {
            var description =
                    description(prop_kind.forward_inference, flags() | normalization_flags.use_global_stats.value);
            inference = step(new batch_normalization_forward(description), description, arguments(null));
        }
        point(x, gamma, beta, mean, variance, y);
        inference.run();
    }

    @Override
    public void backward(
            INDArray x,
            INDArray outputGradient,
            INDArray gamma,
            INDArray mean,
            INDArray variance,
            INDArray inputGradient,
            INDArray gammaGradient,
            INDArray betaGradient) {
        if (training == null) {
            throw new IllegalStateException("The backward pass of " + shape + " needs a forward pass first");
        }
        pointPicture(this.x, x);
        point(this.gamma, gamma);
        point(this.mean, mean);
        point(this.variance, variance);
        pointPicture(training.outputGradient, outputGradient);
        pointPicture(training.inputGradient, inputGradient);
        point(training.gammaGradient, gammaGradient);
        point(training.betaGradient, betaGradient);
        training.backward.run();
    }

    private void point(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        pointPicture(this.x, x);
        point(this.gamma, gamma);
        point(this.beta, beta);
        point(this.mean, mean);
        point(this.variance, variance);
        pointPicture(this.y, y);
    }

    private int flags() {
        return normalization_flags.use_scale.value
                | normalization_flags.use_shift.value
                | (rectified ? normalization_flags.fuse_norm_relu.value : 0);
    }

    private batch_normalization_forward.primitive_desc description(prop_kind kind, int flags) {
        return own(new batch_normalization_forward.primitive_desc(
                context().engine(),
                kind.value,
                picture,
                picture,
                epsilon,
                flags,
                context().attributes(),
                false));
    }

    /** @param mask of the values that the ReLU set to 0, for the backward pass, or {@code null} */
    private Argument[] arguments(memory mask) {
        List<Argument> arguments = new ArrayList<>(List.of(
                new Argument(dnnl.DNNL_ARG_SRC, x),
                new Argument(dnnl.DNNL_ARG_DST, y),
                new Argument(dnnl.DNNL_ARG_SCALE, gamma),
                new Argument(dnnl.DNNL_ARG_SHIFT, beta),
                new Argument(dnnl.DNNL_ARG_MEAN, mean),
                new Argument(dnnl.DNNL_ARG_VARIANCE, variance)));
        if (mask != null) {
            arguments.add(new Argument(dnnl.DNNL_ARG_WORKSPACE, mask));
        }
        return arguments.toArray(Argument[]::new);
    }

    /** State for training only. */
    private final class Training {
        final memory outputGradient = borrowed(picture);
        final memory inputGradient = borrowed(picture);
        final memory gammaGradient = borrowed(vector(shape.channels()));
        final memory betaGradient = borrowed(vector(shape.channels()));
        final NativeStep forward;
        final NativeStep backward;

        Training() {
            var forwardDescription = description(prop_kind.forward_training, flags());
            memory mask = rectified ? allocated(own(forwardDescription.workspace_desc())) : null;
            forward = step(new batch_normalization_forward(forwardDescription), forwardDescription, arguments(mask));
            var backwardDescription = own(new batch_normalization_backward.primitive_desc(
                    context().engine(),
                    prop_kind.backward.value,
                    picture,
                    picture,
                    picture,
                    epsilon,
                    flags(),
                    forwardDescription,
                    context().attributes(),
                    false));
            List<Argument> arguments = new ArrayList<>(List.of(
                    new Argument(dnnl.DNNL_ARG_SRC, x),
                    new Argument(dnnl.DNNL_ARG_MEAN, mean),
                    new Argument(dnnl.DNNL_ARG_VARIANCE, variance),
                    new Argument(dnnl.DNNL_ARG_SCALE, gamma),
                    new Argument(dnnl.DNNL_ARG_DIFF_DST, outputGradient),
                    new Argument(dnnl.DNNL_ARG_DIFF_SRC, inputGradient),
                    new Argument(dnnl.DNNL_ARG_DIFF_SCALE, gammaGradient),
                    new Argument(dnnl.DNNL_ARG_DIFF_SHIFT, betaGradient)));
            if (mask != null) {
                arguments.add(new Argument(dnnl.DNNL_ARG_WORKSPACE, mask));
            }
            backward = step(
                    new batch_normalization_backward(backwardDescription),
                    backwardDescription,
                    arguments.toArray(Argument[]::new));
        }
    }
}
