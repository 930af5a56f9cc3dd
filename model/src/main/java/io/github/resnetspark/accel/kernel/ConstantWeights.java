package io.github.resnetspark.accel.kernel;

/** The weights of a convolution that will not change, as the library likes to read them. */
public interface ConstantWeights extends Kernel {}
