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
 * The memory of a network's backward pass. Blocks are taken and, when the last one who held a gradient has done with it,
 * used again; a gradient that is lost on the way, after an exception, is left to the garbage collector.
 */
final class Gradients implements AutoCloseable {
    private static final long CACHE_LINE = 64;
    /** Shapes of gradients that are added: one in a stage, and some around it. */
    private static final int SITES = 16;

    private final KernelCache<ImageShape, AddKernel> additions;
    private final Copies copies;
    /** By length. */
    private final TreeMap<Long, Deque<INDArray>> free = new TreeMap<>();

    private final GradientArray nothing;

    Gradients(KernelProvider provider, Copies copies) {
        this.additions = new KernelCache<>(SITES, shape -> provider.add(shape, Rectifier.NONE));
        this.copies = copies;
        this.nothing = take(new ImageShape(1, 1, 1, 1));
    }

    /** A gradient to be filled. */
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

    /** A gradient that is 0 everywhere. */
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

    /** What is given to an input that the output does not depend on. */
    GradientArray nothing() {
        return nothing.share(1);
    }

    /** A gradient that DL4J hands to a layer: the same if one of ours made it, or a copy in our layout. */
    GradientArray arriving(INDArray gradient) {
        if (gradient instanceof GradientArray ours) {
            return ours;
        }
        GradientArray copy = take(ImageShape.of(gradient));
        copies.copy(gradient.castTo(DataType.FLOAT), copy);
        return copy;
    }

    /** The sum of two gradients, in the place of one of them if nobody else holds it; gives both back. */
    @SuppressWarnings("ReferenceEquality") // Which array it is, is the question; equal values say nothing.
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
