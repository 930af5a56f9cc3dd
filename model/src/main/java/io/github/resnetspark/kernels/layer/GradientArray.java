package io.github.resnetspark.kernels.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.NDArray;

/**
 * The gradient of an activation on its way back through the graph: {@code [N, C, H, W]}, channels-last, counted by those
 * who hold it. One who holds it with others never writes to it, so an Add may give the same gradient to all its inputs.
 */
@SuppressWarnings("overrides") // Arrays where the interface has variable arguments: DL4J's doing.
final class GradientArray extends NDArray {
    private static final long serialVersionUID = 1;

    private final transient Gradients gradients;
    private final transient INDArray block;
    private int holders = 1;

    /** @param block whose memory this is, to be used again when nobody holds this any more */
    GradientArray(Gradients gradients, INDArray block, long offset, long[] shape, long[] strides) {
        super(block.data(), shape, strides, offset, 'c');
        this.gradients = gradients;
        this.block = block;
    }

    INDArray block() {
        return block;
    }

    boolean isShared() {
        return holders > 1;
    }

    /** So many more hold it. */
    GradientArray share(int more) {
        holders += more;
        return this;
    }

    /** One who held it has done with it. */
    void release() {
        if (holders == 0) {
            throw new IllegalStateException("a gradient that nobody holds is released");
        }
        holders--;
        if (holders == 0) {
            gradients.recycle(this);
        }
    }

    /** How DL4J adds up what comes back to an activation that several vertices read. The result may be another array. */
    @Override
    public INDArray addi(INDArray other) {
        return gradients.sum(this, gradients.arriving(other));
    }
}
