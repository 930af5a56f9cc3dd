package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of two arrays, then possibly a ReLU. */
public interface AddKernel extends Kernel {

    /** Writes {@code sum}, which may be one of the two. */
    void add(INDArray left, INDArray right, INDArray sum);
}
