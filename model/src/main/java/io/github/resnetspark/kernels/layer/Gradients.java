package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.NetworkKernels.Copies;
import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.provider.KernelProvider.AddKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of a network's backward pass. A block is reused after the last holder of a gradient releases it. DL4J's own
 * layers do not release gradients, and neither does a step that fails. Their blocks are reused in the next step.
 */
final class Gradients {
    /** The number of shapes of gradients that are added: one per stage and a few more. */
    private static final int SITES = 16;

    private final DataType type;
    private final KernelCache<ImageShape, AddKernel> additions;
    private final Copies copies;
    private final BlockPool pool;
    /** DL4J's view of each block. */
    private final IdentityHashMap<NativeBlock, DataBuffer> buffers = new IdentityHashMap<>();

    private final Set<GradientArray> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private final GradientArray nothing;

    Gradients(KernelProvider provider, Copies copies, BlockPool pool) {
        this.type = provider.activationType();
        this.additions = new KernelCache<>(SITES, shape -> provider.add(shape, Rectifier.NONE));
        this.copies = copies;
        this.pool = pool;
        this.nothing = take(new ImageShape(1, 1, 1, 1));
        held.clear();
    }

    /** A step begins. No gradient of the last one is used any more. */
    void begin() {
        held.forEach(lost -> pool.give(lost.block()));
        held.clear();
    }

    /** An uninitialised gradient. */
    GradientArray take(ImageShape shape) {
        NativeBlock block = pool.take(shape.length() * type.width());
        GradientArray gradient = new GradientArray(
                this,
                block,
                buffers.computeIfAbsent(block, this::buffer),
                shape.dimensions(),
                Strides.channelsLast(shape).values());
        held.add(gradient);
        return gradient;
    }

    private DataBuffer buffer(NativeBlock block) {
        return Nd4j.createBuffer(block.start(), block.bytes() / type.width(), type);
    }

    /** A gradient of zeros. */
    GradientArray takeZeros(ImageShape shape) {
        GradientArray gradient = take(shape);
        gradient.block().clear();
        return gradient;
    }

    /** Does nothing for a gradient of an earlier step. */
    void recycle(GradientArray gradient) {
        if (held.remove(gradient)) {
            pool.give(gradient.block());
        }
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
        copies.copy(gradient, copy);
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
}
