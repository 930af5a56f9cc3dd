package io.github.resnetspark.job.worker;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Where a task gets the state from that its round begins with. */
@FunctionalInterface
public interface StateReader {
    /** Reads one slice of it, from wherever it is. */
    void read(int slice, Reading reading) throws InterruptedException;

    /** What is done with a slice. */
    @FunctionalInterface
    interface Reading {
        /**
         * Takes its values.
         *
         * @param values as {@link io.github.resnetspark.job.averaging.RawFloats} has them, lent until this returns
         */
        void of(ByteBuffer values) throws InterruptedException;
    }

    /**
     * Where the slices are an average as it was reduced: its running variances are still second moments around these
     * means. Nothing where they are variances.
     */
    default Optional<float[]> centre() {
        return Optional.empty();
    }
}
