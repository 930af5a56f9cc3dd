package io.github.resnetspark.analysis;

import java.io.Serializable;

/**
 * The gradient of the mean loss at one block: Euclidean norms over a minibatch.
 *
 * @param name such as {@code stage1-block3}
 * @param stage from 1
 * @param atInput with respect to what comes into the block
 * @param atOutput with respect to what leaves it
 * @param throughBranch the part of {@code atInput} that comes through the block's convolutions; all of it in a plain network;
 *     not a number where both paths read the same activation of the input, as in a pre-activation block that changes the shape
 * @param ofWeights with respect to the weights of its convolutions
 */
public record BlockGradient(
        String name, int stage, double atInput, double atOutput, double throughBranch, double ofWeights)
        implements Serializable {
    /** What the block's Jacobian, transposed, does to the length of this gradient. */
    public double gain() {
        return atInput / atOutput;
    }

    /** What the Jacobian of its convolutions alone does; not a number where {@link #throughBranch} is none. */
    public double branchGain() {
        return throughBranch / atOutput;
    }
}
