package io.github.resnetspark.accel.kernel;

import java.util.Set;

/**
 * A convolution of a network that predicts, with what follows it applied before anything is written.
 *
 * @param convolution the convolution
 * @param after what follows; applied in the order of the enum
 */
public record FusedConvolutionShape(ConvolutionShape convolution, Set<After> after) {

    /** What may follow a convolution. */
    public enum After {
        /** Times a value per channel, plus a value per channel: batch normalisation with given statistics. */
        NORMALIZE,
        /** Plus an array of the output's shape. */
        ADD,
        /** {@code max(y, 0)}. */
        RECTIFY
    }

    public FusedConvolutionShape {
        after = Set.copyOf(after);
    }
}
