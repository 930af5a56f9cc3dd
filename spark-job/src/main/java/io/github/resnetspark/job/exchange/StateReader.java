package io.github.resnetspark.job.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Where a task gets the state from that its round begins with. */
@FunctionalInterface
public interface StateReader {
    /**
     * Reads slices of it from wherever they are, each as soon as it is there.
     *
     * @param slices their indices, in the order in which they are asked for
     */
    void read(List<Integer> slices, Reading reading) throws InterruptedException;

    /** What is done with a slice. */
    @FunctionalInterface
    interface Reading {
        /**
         * Takes its values.
         *
         * @param values as {@link io.github.resnetspark.job.averaging.RawFloats} has them, in pieces of any length, one after
         *     another; lent until this returns
         */
        void of(int slice, ByteBuffer... values) throws InterruptedException;
    }

    /**
     * Where the slices are an average as it was reduced: its running variances are still second moments around these
     * means. Nothing where they are variances.
     */
    default Optional<float[]> centre() {
        return Optional.empty();
    }
}
