package io.github.resnetspark.job.worker;

/**
 * What a round begins with and ends with: the flat vectors of a DL4J network.
 *
 * @param parameters batch-norm's running statistics among them, {@code [numParams]}
 * @param updaterState the momentum of the trainable parameters, {@code [parameters without running statistics]}; empty
 *     where nothing is trained
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
public record NetworkState(float[] parameters, float[] updaterState) {}
