package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import java.io.Serializable;
import java.util.List;

/**
 * How a {@link NetworkState} is cut for its way through the cluster: parameters and updater state as one vector, in
 * contiguous slices.
 *
 * @param parameters how many parameters there are
 * @param updaterState how many values of the updater
 * @param slices of both together
 */
public record StateSlices(int parameters, int updaterState, Slices slices) implements Serializable {

    /**
     * A part of it from every worker fits into a reducer's memory. What comes through the network in one piece of more than
     * 20 MiB, Spark's {@code TransportFrameDecoder} copies together.
     */
    private static final int MOST_BYTES = 16 << 20;

    /** So many slices of states like this one. */
    public static StateSlices of(NetworkState state, int count) {
        int parameters = state.parameters().length;
        int updaterState = state.updaterState().length;
        return new StateSlices(parameters, updaterState, new Slices(Math.addExact(parameters, updaterState), count));
    }

    /** The same number of slices of states like this one for each worker, none too large for its way. */
    public static StateSlices ofWorkers(NetworkState state, int workers) {
        return of(state, workers, MOST_BYTES);
    }

    /** The same, and the fewest slices of which none has more than so many bytes. */
    static StateSlices of(NetworkState state, int workers, int bytes) {
        long length = (long) state.parameters().length + state.updaterState().length;
        long ofWorkers = (long) workers * bytes;
        long perWorker = Math.max(1, (length * Float.BYTES + ofWorkers - 1) / ofWorkers);
        return of(state, Math.toIntExact(perWorker * workers));
    }

    /** How many slices there are. */
    public int count() {
        return slices.count();
    }

    /** What a state is on its way, in bytes. */
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
     * The state of which these are the slices, in slice order.
     *
     * @throws IllegalArgumentException if there is one too many or too few, or one is too long or too short
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
     * Copies {@code count} parameters from index {@code from} on, of a state of which these are the slices, to {@code to[at]}
     * and what follows.
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
     * Refuses values that do not make up a slice.
     *
     * @throws IllegalArgumentException if they are not as many as it has
     */
    public void requireSize(int slice, int values) {
        if (values != slices.size(slice)) {
            throw new IllegalArgumentException(
                    "Slice " + slice + " has " + values + " values but must have " + slices.size(slice) + ".");
        }
    }

    /** How many of the slice's values, its first ones, are parameters. */
    private int ofParameters(int slice) {
        return startInParameters(slice + 1) - startInParameters(slice);
    }

    /** Index among the parameters of the first one of the slice. */
    private int startInParameters(int slice) {
        return Math.min(slices.start(slice), parameters);
    }

    /** Index in the updater state of its first value in the slice. */
    private int startInUpdaterState(int slice) {
        return Math.max(0, slices.start(slice) - parameters);
    }

    /**
     * How a vector is cut into contiguous slices whose lengths differ by at most 1.
     *
     * @param length of the vector, at least 0
     * @param count of slices, at least 1; with more slices than values some are empty
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

        /** Index of the slice's first value in the vector; for {@code slice == count} the vector's length. */
        public int start(int slice) {
            return slice * (length / count) + Math.min(slice, length % count);
        }

        /** Values in the slice. */
        public int size(int slice) {
            return start(slice + 1) - start(slice);
        }
    }
}
