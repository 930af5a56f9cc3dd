package io.github.resnetspark.job.exchange;

import java.io.Serializable;

/**
 * The state of a network at the start or the end of a round: the flat vectors of a DL4J network.
 *
 * @param parameters all parameters {@code [numParams]}, including batch normalization's running statistics
 * @param updaterState the momentum of the trainable parameters, {@code [parameters without running statistics]}; empty
 *     if nothing is trained
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats, never compared.
public record NetworkState(float[] parameters, float[] updaterState) implements Serializable {

    /** A reader of its slices within this process. */
    public StateReader reader(StateSlices cut) {
        return (slices, reading) -> {
            for (int slice : slices) {
                reading.of(slice, cut.cut(this, slice).bytes());
            }
        };
    }
}
