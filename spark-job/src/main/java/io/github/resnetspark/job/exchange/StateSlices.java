package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import java.io.Serializable;
import java.util.List;

/**
 * How a {@link NetworkState} is split for the transfer through the cluster: parameters and updater state form one
 * vector, which is split into contiguous slices.
 *
 * @param parameters number of parameters
 * @param updaterState number of values of the updater state
 * @param slices slices of both together
 */
public record StateSlices(int parameters, int updaterState, Slices slices) implements Serializable {

    /**
     * Maximum size of a slice: one from every worker must fit into a reducer's memory, and Spark's
     * {@code TransportFrameDecoder} makes an extra copy of messages over 20 MiB.
     */
    private static final int MOST_BYTES = 16 << 20;

    /** Splits states of this size into {@code count} slices. */
    public static StateSlices of(NetworkState state, int count) {
        int parameters = state.parameters().length;
        int updaterState = state.updaterState().length;
        return new StateSlices(parameters, updaterState, new Slices(Math.addExact(parameters, updaterState), count));
    }

    /**
     * Splits states of this size into the same number of slices for each worker, none of them too large to transfer.
     */
    public static StateSlices ofWorkers(NetworkState state, int workers) {
        return of(state, workers, MOST_BYTES);
    }

    /** The same, with the smallest number of slices that have at most {@code bytes} each. */
    static StateSlices of(NetworkState state, int workers, int bytes) {
        long length = (long) state.parameters().length + state.updaterState().length;
        long ofWorkers = (long) workers * bytes;
        long perWorker = Math.max(1, (length * Float.BYTES + ofWorkers - 1) / ofWorkers);
        return of(state, Math.toIntExact(perWorker * workers));
    }

    /** Whether the momentum is transferred too. */
    public boolean hasUpdaterState() {
        return updaterState > 0;
    }

    /** Number of slices. */
    public int count() {
        return slices.count();
    }

    /** Size of a state in bytes. */
    public long bytes() {
        return (long) Float.BYTES * slices.length();
    }

    /** A copy of one slice of a state. */
    public RawFloats cut(NetworkState state, int slice) {
        RawFloats cut = RawFloats.zeros(slices.size(slice));
        int ofParameters = ofParameters(slice);
        cut.set(0, state.parameters(), startInParameters(slice), ofParameters);
        cut.set(ofParameters, state.updaterState(), startInUpdaterState(slice), cut.length() - ofParameters);
        return cut;
    }

    /**
     * Joins the slices of a state, in slice order.
     *
     * @throws IllegalArgumentException if the number of slices or the length of one is wrong
     */
    public NetworkState join(List<RawFloats> cut) {
        if (cut.size() != count()) {
            throw new IllegalArgumentException("There are " + cut.size() + " slices but must be " + count() + ".");
        }
        NetworkState state = new NetworkState(new float[parameters], new float[updaterState]);
        for (int slice = 0; slice < count(); slice++) {
            RawFloats values = cut.get(slice);
            requireSize(slice, values.length());
            int ofParameters = ofParameters(slice);
            values.get(0, state.parameters(), startInParameters(slice), ofParameters);
            values.get(ofParameters, state.updaterState(), startInUpdaterState(slice), values.length() - ofParameters);
        }
        return state;
    }

    /**
     * Copies {@code count} parameters of a state that is given by its slices, starting at index {@code from}, to
     * {@code to}, starting at {@code at}.
     */
    public void parameters(List<RawFloats> cut, int from, float[] to, int at, int count) {
        int end = from + count;
        for (int slice = 0; slice < count(); slice++) {
            int begin = Math.max(from, startInParameters(slice));
            int length = Math.min(end, startInParameters(slice + 1)) - begin;
            if (length > 0) {
                cut.get(slice).get(begin - slices.start(slice), to, at + begin - from, length);
            }
        }
    }

    /**
     * Checks the number of values in a slice.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    public void requireSize(int slice, int values) {
        if (values != slices.size(slice)) {
            throw new IllegalArgumentException(
                    "Slice " + slice + " has " + values + " values but must have " + slices.size(slice) + ".");
        }
    }

    /** Number of parameters in the slice, which are its first values. */
    private int ofParameters(int slice) {
        return startInParameters(slice + 1) - startInParameters(slice);
    }

    /** Index of the slice's first parameter. */
    private int startInParameters(int slice) {
        return Math.min(slices.start(slice), parameters);
    }

    /** Index of the slice's first value of the updater state. */
    private int startInUpdaterState(int slice) {
        return Math.max(0, slices.start(slice) - parameters);
    }

    /**
     * Splits a vector into contiguous slices whose lengths differ by at most 1.
     *
     * @param length of the vector, at least 0
     * @param count number of slices, at least 1; if there are more slices than values, some are empty
     */
    public record Slices(int length, int count) implements Serializable {
        public Slices {
            if (length < 0) {
                throw new IllegalArgumentException("A vector cannot have the length " + length + ".");
            }
            if (count < 1) {
                throw new IllegalArgumentException("The number of slices is " + count + " but must be at least 1.");
            }
        }

        /** Index of the slice's first value in the vector; the vector's length for {@code slice == count}. */
        public int start(int slice) {
            return slice * (length / count) + Math.min(slice, length % count);
        }

        /** Number of values in the slice. */
        public int size(int slice) {
            return start(slice + 1) - start(slice);
        }
    }
}
