package io.github.resnetspark.accel.layer;

import io.github.resnetspark.accel.kernel.CopyKernel;
import io.github.resnetspark.accel.kernel.ImageShape;
import io.github.resnetspark.accel.kernel.KernelProvider;
import io.github.resnetspark.accel.kernel.Strides;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between arrays of one shape, whatever their strides. */
final class Copies {
    /** Of different shapes: option A's in every stage, forwards and backwards, and the network's input. */
    private static final int SITES = 32;

    private final KernelCache<Layout, CopyKernel> kernels;

    Copies(KernelProvider provider) {
        kernels = new KernelCache<>(SITES, layout -> provider.copy(layout.shape, layout.from, layout.to));
    }

    void copy(INDArray from, INDArray to) {
        kernels.of(new Layout(ImageShape.of(from), Strides.of(from), Strides.of(to)))
                .copy(from, to);
    }

    private record Layout(ImageShape shape, Strides from, Strides to) {}
}
