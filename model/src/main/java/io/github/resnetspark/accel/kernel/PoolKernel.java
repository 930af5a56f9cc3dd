package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling over windows. */
public interface PoolKernel extends Kernel {

    /** Writes {@code y} and remembers what the backward pass needs. */
    void forward(INDArray x, INDArray y);

    /** Writes {@code y} and remembers nothing. */
    void infer(INDArray x, INDArray y);

    /** Writes the gradient of {@code x} of this kernel's last {@link #forward}. */
    void backward(INDArray outputGradient, INDArray inputGradient);
}
