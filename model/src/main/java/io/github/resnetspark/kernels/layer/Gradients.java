package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.NetworkKernels.Copies;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.provider.KernelProvider.AddKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of a network's backward pass. A block is reused after the last holder of a gradient releases it. Gradients
 * that are lost after an exception are left to the garbage collector.
 */
final class Gradients implements AutoCloseable {
    private static final long CACHE_LINE = 64;
    /** The number of shapes of gradients that are added: one per stage and a few more. */
    private static final int SITES = 16;

    private final KernelCache<ImageShape, AddKernel> additions;
    private final Copies copies;
    /** Free blocks by length. */
    private final TreeMap<Long, Deque<INDArray>> free = new TreeMap<>();

    private final GradientArray nothing;

    Gradients(KernelProvider provider, Copies copies) {
        this.additions = new KernelCache<>(SITES, shape -> provider.add(shape, Rectifier.NONE));
        this.copies = copies;
        this.nothing = take(new ImageShape(1, 1, 1, 1));
    }

    /** An uninitialised gradient. */
    GradientArray take(ImageShape shape) {
        long slack = CACHE_LINE / Float.BYTES;
        INDArray block = freeBlock(shape.length() + slack);
        long misaligned = block.data().address() % CACHE_LINE;
        long offset = misaligned == 0 ? 0 : (CACHE_LINE - misaligned) / Float.BYTES;
        return new GradientArray(
                this,
                block,
                offset,
                shape.dimensions(),
                Strides.channelsLast(shape).values());
    }

    /** A gradient of zeros. */
    GradientArray takeZeros(ImageShape shape) {
        GradientArray gradient = take(shape);
        Pointer memory = gradient.block().data().addressPointer();
        Pointer.memset(memory, 0, gradient.block().length() * Float.BYTES);
        return gradient;
    }

    private INDArray freeBlock(long length) {
        Map.Entry<Long, Deque<INDArray>> fitting = free.ceilingEntry(length);
        if (fitting == null) {
            return Nd4j.createUninitializedDetached(DataType.FLOAT, length);
        }
        INDArray block = fitting.getValue().pop();
        if (fitting.getValue().isEmpty()) {
            free.remove(fitting.getKey());
        }
        return block;
    }

    void recycle(GradientArray gradient) {
        free.computeIfAbsent(gradient.block().length(), length -> new ArrayDeque<>())
                .push(gradient.block());
    }

    /** The gradient of an input that the output does not depend on. */
    GradientArray nothing() {
        return nothing.share(1);
    }

    /**
     * A gradient that DL4J passes to a layer: the same array if one of our layers made it, else a copy in our layout.
     */
    GradientArray arriving(INDArray gradient) {
        if (gradient instanceof GradientArray ours) {
            return ours;
        }
        GradientArray copy = take(ImageShape.of(gradient));
        copies.copy(gradient.castTo(DataType.FLOAT), copy);
        return copy;
    }

    /** The sum of two gradients, in place if one of them has no other holder. Releases both. */
    @SuppressWarnings("ReferenceEquality") // Identity matters here, not equal values.
    GradientArray sum(GradientArray left, GradientArray right) {
        if (left == nothing || right == nothing) {
            nothing.release();
            return left == nothing ? right : left;
        }
        ImageShape shape = ImageShape.of(left);
        GradientArray sum = !left.isShared() ? left : !right.isShared() ? right : take(shape);
        additions.of(shape).add(left, right, sum);
        if (sum != left) {
            left.release();
        }
        if (sum != right) {
            right.release();
        }
        return sum;
    }

    @Override
    public void close() {
        if (nothing.block().closeable()) {
            nothing.block().close();
        }
        free.values().forEach(blocks -> blocks.forEach(INDArray::close));
        free.clear();
    }
}
