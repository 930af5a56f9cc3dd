package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = max(x, 0)}. */
public interface ReluKernel extends Kernel {

    /** Writes {@code y}. */
    void forward(INDArray x, INDArray y);

    /** Writes the gradient of {@code x}, which is the gradient of {@code y} wherever {@code y} is above 0. */
    void backward(INDArray y, INDArray outputGradient, INDArray inputGradient);
}
