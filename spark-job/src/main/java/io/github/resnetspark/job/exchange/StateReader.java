package io.github.resnetspark.job.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Gives a task access to the state at the start of its round. */
@FunctionalInterface
public interface StateReader {
    /**
     * Reads slices from any process that has them, each as soon as it arrives.
     *
     * @param slices their indices, in the order in which they are requested
     */
    void read(List<Integer> slices, Reading reading) throws InterruptedException;

    /** Receives slices. */
    @FunctionalInterface
    interface Reading {
        /**
         * Called once for each slice.
         *
         * @param values bytes as in {@link io.github.resnetspark.job.averaging.RawFloats}, in consecutive buffers of
         *     any length; valid until this returns
         */
        void of(int slice, ByteBuffer... values) throws InterruptedException;
    }

    /**
     * If the slices contain second moments instead of running variances, the means around which these were computed;
     * otherwise empty.
     */
    default Optional<float[]> centre() {
        return Optional.empty();
    }
}
