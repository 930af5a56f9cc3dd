package io.github.resnetspark.analysis;

import java.io.Serializable;

/**
 * Where one filter lies in a network's flat parameters: the weights that make one output channel of a convolution, or one
 * output of a fully connected layer.
 *
 * @param offset of its first weight
 * @param length how many follow one another
 */
public record Filter(int offset, int length) implements Serializable {
    /** The Euclidean norm of it in a flat vector. */
    public double norm(float[] vector) {
        double squares = 0;
        for (int i = offset; i < offset + length; i++) {
            squares += (double) vector[i] * vector[i];
        }
        return Math.sqrt(squares);
    }
}
