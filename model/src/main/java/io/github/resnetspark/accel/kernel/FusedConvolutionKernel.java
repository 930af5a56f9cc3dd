package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = relu((w * x + b) · scale + shift + added)}, or a part of it. */
public interface FusedConvolutionKernel extends Kernel {

    /**
     * What the convolution reads. What its shape does not name is {@code null}.
     *
     * @param x the input
     * @param weights {@code [out, in, height, width]} in C order
     * @param bias per channel
     * @param scale per channel
     * @param shift per channel
     * @param added of the output's shape
     */
    record Operands(INDArray x, INDArray weights, INDArray bias, INDArray scale, INDArray shift, INDArray added) {}

    /** Writes {@code y}, which is none of the operands. */
    void infer(Operands operands, INDArray y);
}
