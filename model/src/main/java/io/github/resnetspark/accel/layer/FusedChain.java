package io.github.resnetspark.accel.layer;

import io.github.resnetspark.accel.kernel.FusedConvolutionShape.After;
import java.util.EnumSet;
import java.util.Set;

/**
 * A convolution and what alone follows it.
 *
 * @param convolution the convolution
 * @param batchNorm {@code null} if none follows
 * @param rectified whether a ReLU ends it
 * @param input index of the vertex that the convolution reads
 * @param added index of the vertex that is added, or less than 0
 * @param output index of the last vertex
 */
record FusedChain(
        KernelConvolution convolution, KernelBatchNorm batchNorm, boolean rectified, int input, int added, int output) {

    Set<After> after() {
        Set<After> after = EnumSet.noneOf(After.class);
        if (batchNorm != null) {
            after.add(After.NORMALIZE);
        }
        if (added >= 0) {
            after.add(After.ADD);
        }
        if (rectified) {
            after.add(After.RECTIFY);
        }
        return Set.copyOf(after);
    }
}
