package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.provider.KernelProvider.CopyKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ForwardPass;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** State that the layers of one network share. Not thread-safe, like the network itself. */
public final class NetworkKernels implements AutoCloseable {
    private final KernelProvider provider;
    private final Copies copies;
    private final BlockPool pool = new BlockPool();
    private final Gradients gradients;
    private final List<INDArray> vectors = new ArrayList<>();
    private boolean onlyResultsCount;

    /** @param provider is closed together with this object */
    public NetworkKernels(KernelProvider provider) {
        this.provider = provider;
        this.copies = new Copies(provider);
        this.gradients = new Gradients(provider, copies, pool);
    }

    /**
     * Runs a pass that needs only scores, outputs and parameter gradients. Intermediate results may be left out or
     * fused.
     */
    public void whereOnlyResultsCount(Runnable pass) {
        onlyResultsCount = true;
        try {
            pass.run();
        } finally {
            onlyResultsCount = false;
        }
    }

    boolean onlyResultsCount() {
        return onlyResultsCount;
    }

    KernelProvider provider() {
        return provider;
    }

    /** The operations' forward pass, which may use the memory of gradients. */
    ForwardPass forwardPass(ImageShape input, List<ForwardOperation> operations) {
        return provider.forwardPass(input, operations, pool.plan());
    }

    Gradients gradients() {
        return gradients;
    }

    Copies copies() {
        return copies;
    }

    /** An uninitialised activation. */
    INDArray activation(ImageShape shape, LayerWorkspaceMgr workspaces) {
        return picture(
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, memoryDimensions(shape), 'c'));
    }

    /** An activation of zeros. */
    INDArray zeroActivation(ImageShape shape, LayerWorkspaceMgr workspaces) {
        return picture(workspaces.create(ArrayType.ACTIVATIONS, DataType.FLOAT, memoryDimensions(shape), 'c'));
    }

    /** The array itself if it is channels-last in memory, else a channels-last copy. */
    INDArray channelsLast(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
        ImageShape shape = ImageShape.of(array);
        if (array.dataType() == DataType.FLOAT && Strides.of(array).isChannelsLast(shape)) {
            return array;
        }
        INDArray copy = picture(workspaces.createUninitialized(type, DataType.FLOAT, memoryDimensions(shape), 'c'));
        copies.copy(array.castTo(DataType.FLOAT), copy);
        return copy;
    }

    /** One value per channel, allocated for the lifetime of the network. */
    INDArray vector(long length) {
        INDArray vector = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
        vectors.add(vector);
        return vector;
    }

    private static long[] memoryDimensions(ImageShape shape) {
        return new long[] {shape.batch(), shape.height(), shape.width(), shape.channels()};
    }

    /** Converts the order in memory to the logical order. */
    private static INDArray picture(INDArray channelsLast) {
        return channelsLast.permute(0, 3, 1, 2);
    }

    @Override
    public void close() {
        vectors.forEach(INDArray::close);
        vectors.clear();
        provider.close();
        pool.close();
    }

    /** Copies between arrays of one shape with any strides. */
    static final class Copies {
        /**
         * The number of different shapes: those of option A in every stage, forward and backward, and the network's
         * input.
         */
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
}
