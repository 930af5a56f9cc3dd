package io.github.resnetspark.accel.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A library of kernels, opened for one network. Not for two threads at once. Closing it frees every kernel that it made.
 */
public interface KernelProvider extends AutoCloseable {

    /** A convolution from one shape to another. */
    ConvolutionKernel convolution(ConvolutionShape shape);

    /** A convolution with what follows it, for prediction. */
    FusedConvolutionKernel fusedConvolution(FusedConvolutionShape shape);

    /** The same with weights that stay what they are: those of its operands are not looked at. */
    FusedConvolutionKernel fusedConvolution(FusedConvolutionShape shape, ConstantWeights weights);

    /**
     * Weights that stay what they are as long as a kernel reads them.
     *
     * @param weights {@code [out, in, height, width]} in C order
     */
    ConstantWeights constant(INDArray weights);

    /** Batch normalisation, alone or with the ReLU that follows it. */
    BatchNormKernel batchNorm(ImageShape shape, float epsilon, Rectifier rectifier);

    /** The sum of two arrays, alone or with the ReLU that follows it. */
    AddKernel add(ImageShape shape, Rectifier rectifier);

    /** A ReLU of its own. */
    ReluKernel relu(ImageShape shape);

    /** Pooling; a global one has the picture as its window. */
    PoolKernel pool(PoolShape shape);

    /** A copy between two arrays of one shape and any strides. */
    CopyKernel copy(ImageShape shape, Strides from, Strides to);

    @Override
    void close();
}
