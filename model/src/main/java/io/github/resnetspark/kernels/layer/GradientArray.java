package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.memory.NativeBlock;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.NDArray;

/**
 * The gradient of an activation in the backward pass: {@code [N, C, H, W]}, channels-last, with a reference count. A
 * holder that shares it never writes to it, so an Add may pass the same gradient to all its inputs.
 */
@SuppressWarnings("overrides") // DL4J declares arrays where its interface has variable arguments.
final class GradientArray extends NDArray {
    private static final long serialVersionUID = 1;

    private final transient Gradients gradients;
    private final transient NativeBlock block;
    private int holders = 1;

    /**
     * @param block the memory, which is reused after the last holder releases it
     * @param buffer the same for DL4J
     */
    GradientArray(Gradients gradients, NativeBlock block, DataBuffer buffer, long[] shape, long[] strides) {
        super(buffer, shape, strides, 0, 'c');
        this.gradients = gradients;
        this.block = block;
    }

    NativeBlock block() {
        return block;
    }

    boolean isShared() {
        return holders > 1;
    }

    /** Adds holders. */
    GradientArray share(int more) {
        holders += more;
        return this;
    }

    /** Removes one holder. */
    void release() {
        if (holders == 0) {
            throw new IllegalStateException("A gradient without holders was released");
        }
        holders--;
        if (holders == 0) {
            gradients.recycle(this);
        }
    }

    /** How DL4J sums the gradients of an activation that several vertices read. The result may be another array. */
    @Override
    public INDArray addi(INDArray other) {
        return gradients.sum(this, gradients.arriving(other));
    }
}
