package io.github.resnetspark.job.input;

/**
 * Pictures and labels as the network takes them.
 *
 * @param size N
 * @param pictures {@code [N, 3, S, S]}, normalised
 * @param labels {@code [N, classes]}, rows that add up to 1
 * @param classes the class of each picture, {@code [N]}
 */
@SuppressWarnings("ArrayRecordComponent") // Buffers on the way to native memory; compared by nobody.
public record Minibatch(int size, float[] pictures, float[] labels, int[] classes) {}
