package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Layout;
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
    private final DataType activationType;
    private final Copies copies;
    private final BlockPool pool = new BlockPool();
    private final Activations activations;
    private final Gradients gradients;
    private final List<INDArray> vectors = new ArrayList<>();
    private boolean onlyResultsCount;

    /** @param provider is closed together with this object */
    public NetworkKernels(KernelProvider provider) {
        this.provider = provider;
        this.activationType = provider.activationType();
        this.copies = new Copies(provider);
        this.activations = new Activations(pool, activationType);
        this.gradients = new Gradients(provider, copies, pool);
    }

    /** A step begins. No array of the last one is used any more. */
    public void beginStep() {
        activations.begin();
        gradients.begin();
    }

    /**
     * Runs a step that needs only the score and the parameters' gradients. Intermediate results may be left out or fused,
     * and are lost with the next step.
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

    /** The number format of activations and their gradients. */
    DataType activationType() {
        return activationType;
    }

    Gradients gradients() {
        return gradients;
    }

    Copies copies() {
        return copies;
    }

    /** An uninitialised activation. */
    INDArray activation(ImageShape shape, LayerWorkspaceMgr workspaces) {
        return onlyResultsCount
                ? activations.take(shape)
                : channelsLast(shape, activationType, ArrayType.ACTIVATIONS, workspaces);
    }

    /** The array itself if it is channels-last in memory and has the type of activations, else such a copy. */
    INDArray channelsLast(INDArray array, ArrayType place, LayerWorkspaceMgr workspaces) {
        return channelsLast(array, activationType, place, workspaces);
    }

    /** The same in another number format. */
    INDArray channelsLast(INDArray array, DataType type, ArrayType place, LayerWorkspaceMgr workspaces) {
        ImageShape shape = ImageShape.of(array);
        if (array.dataType() == type && Strides.of(array).isChannelsLast(shape)) {
            return array;
        }
        INDArray copy = channelsLast(shape, type, place, workspaces);
        copies.copy(array, copy);
        return copy;
    }

    /** An uninitialised channels-last array. */
    INDArray channelsLast(ImageShape shape, DataType type, ArrayType place, LayerWorkspaceMgr workspaces) {
        return picture(workspaces.createUninitialized(place, type, memoryDimensions(shape), 'c'));
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

    /** Copies between arrays of one shape with any strides and number formats. */
    static final class Copies {
        /**
         * The number of different shapes: those of option A in every stage, forward and backward, and the network's
         * input.
         */
        private static final int SITES = 32;

        private final KernelCache<Work, CopyKernel> kernels;

        Copies(KernelProvider provider) {
            kernels = new KernelCache<>(SITES, work -> provider.copy(work.shape, work.from, work.to));
        }

        void copy(INDArray from, INDArray to) {
            INDArray source = isNative(from.dataType()) ? from : from.castTo(DataType.FLOAT);
            kernels.of(new Work(ImageShape.of(source), Layout.of(source), Layout.of(to)))
                    .copy(source, to);
        }

        private static boolean isNative(DataType type) {
            return type == DataType.FLOAT || type == DataType.BFLOAT16;
        }

        private record Work(ImageShape shape, Layout from, Layout to) {}
    }
}
