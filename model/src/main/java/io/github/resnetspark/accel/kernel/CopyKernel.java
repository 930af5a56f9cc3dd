package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies an array into another of the same shape and the strides that the kernel was made for. */
public interface CopyKernel extends Kernel {

    /** Writes {@code to}. */
    void copy(INDArray from, INDArray to);
}
