package io.github.resnetspark.job.input;

import java.util.Arrays;

/**
 * The target distribution of a picture: {@code 1 − ε + ε/K} for its class, {@code ε/K} for every other (Szegedy et al.
 * 2016, section 7). DL4J's softmax cross-entropy has the gradient {@code p − y}, so smoothing the labels is all it takes.
 *
 * @param classes K
 * @param smoothing ε, in [0, 1)
 */
record SmoothedLabels(int classes, double smoothing) {

    /** Writes one row of {@code [N, classes]} at an offset. */
    void write(int label, float[] labels, int offset) {
        double other = smoothing / classes;
        Arrays.fill(labels, offset, offset + classes, (float) other);
        labels[offset + label] = (float) (1 - smoothing + other);
    }
}
