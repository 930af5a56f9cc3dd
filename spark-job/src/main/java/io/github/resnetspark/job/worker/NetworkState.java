package io.github.resnetspark.job.worker;

import java.io.Serializable;

/**
 * What a round begins with and ends with: the flat vectors of a DL4J network.
 *
 * @param parameters batch-norm's running statistics among them, {@code [numParams]}
 * @param updaterState the momentum of the trainable parameters, {@code [parameters without running statistics]}; empty
 *     where nothing is trained
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats that cross the network; compared by nobody.
public record NetworkState(float[] parameters, float[] updaterState) implements Serializable {

    /** Whether all of it are numbers. */
    boolean isFinite() {
        return isFinite(parameters) && isFinite(updaterState);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
