package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation per channel, {@code y = γ (x − mean) / √(variance + ε) + β}, then possibly a ReLU. */
public interface BatchNormKernel extends Kernel {

    /** With the batch's own statistics, which it writes to {@code mean} and {@code variance} (the biased one). */
    void forward(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /** With given statistics. */
    void infer(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /**
     * The gradients after {@link #forward}, with the statistics that it wrote; where a ReLU is part of it, it must have
     * been this kernel's last forward pass.
     */
    void backward(
            INDArray x,
            INDArray outputGradient,
            INDArray gamma,
            INDArray mean,
            INDArray variance,
            INDArray inputGradient,
            INDArray gammaGradient,
            INDArray betaGradient);
}
