package io.github.resnetspark.job.exchange;

import java.io.Serializable;

/**
 * What a round begins with and ends with: the flat vectors of a DL4J network.
 *
 * @param parameters batch-norm's running statistics among them, {@code [numParams]}
 * @param updaterState the momentum of the trainable parameters, {@code [parameters without running statistics]}; empty
 *     where nothing is trained
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
public record NetworkState(float[] parameters, float[] updaterState) implements Serializable {

    /** Reads it slice by slice in this process. */
    public StateReader reader(StateSlices cut) {
        return (slices, reading) -> {
            for (int slice : slices) {
                reading.of(slice, cut.cut(this, slice).bytes());
            }
        };
    }
}
