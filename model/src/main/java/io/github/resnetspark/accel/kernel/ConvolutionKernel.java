package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution {@code y = w * x + b}. Weights and their gradient are {@code [out, in, height, width]} in C order; the
 * bias and its gradient are per channel, {@code null} in a convolution without.
 */
public interface ConvolutionKernel extends Kernel {

    /** Writes {@code y}. */
    void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

    /** Writes the gradient of {@code x}. */
    void backwardInput(INDArray outputGradient, INDArray weights, INDArray inputGradient);

    /** Overwrites the gradients of weights and bias. */
    void backwardParameters(INDArray x, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient);
}
