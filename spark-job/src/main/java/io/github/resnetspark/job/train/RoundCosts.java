package io.github.resnetspark.job.train;

import java.io.Serializable;

/**
 * What a round costs in its tasks beside training. Of seconds the longest counts, for all wait for it; bytes add up.
 *
 * @param serialize from the end of a worker's training to its slices lying ready for the reducers
 * @param worker a worker's part of the round from its start to that moment
 * @param shuffle a reducer's reading of the parts of its slice
 * @param reduce its averaging
 * @param reducer both together
 * @param stateBytes of the state that executors got from the driver
 */
record RoundCosts(double serialize, double worker, double shuffle, double reduce, double reducer, long stateBytes)
        implements Serializable {
    static final RoundCosts NONE = new RoundCosts(0, 0, 0, 0, 0, 0);

    static RoundCosts ofWorker(double trained, double serialize) {
        return new RoundCosts(serialize, trained + serialize, 0, 0, 0, 0);
    }

    static RoundCosts ofReducer(double shuffle, double reduce) {
        return new RoundCosts(0, 0, shuffle, reduce, shuffle + reduce, 0);
    }

    static RoundCosts ofState(long bytes) {
        return new RoundCosts(0, 0, 0, 0, 0, bytes);
    }

    RoundCosts and(RoundCosts other) {
        return new RoundCosts(
                Math.max(serialize, other.serialize),
                Math.max(worker, other.worker),
                Math.max(shuffle, other.shuffle),
                Math.max(reduce, other.reduce),
                Math.max(reducer, other.reducer),
                stateBytes + other.stateBytes);
    }
}
