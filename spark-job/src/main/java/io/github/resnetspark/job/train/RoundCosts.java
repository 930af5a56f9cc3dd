package io.github.resnetspark.job.train;

import java.io.Serializable;

/**
 * What a round costs in its tasks beside training. Of workers, which run side by side, the longest counts; the slices
 * of a reducer follow each other, so they add up.
 *
 * @param serialize from the end of a worker's training to its slices lying ready for the reducers
 * @param worker a worker's part of the round from its start to that moment
 * @param shuffle the reducers' reading of the parts of their slices
 * @param reduce their averaging
 * @param stateBytes of the state that executors got from the driver
 */
record RoundCosts(double serialize, double worker, double shuffle, double reduce, long stateBytes)
        implements Serializable {
    static final RoundCosts NONE = new RoundCosts(0, 0, 0, 0, 0);

    static RoundCosts ofWorker(double trained, double serialize) {
        return new RoundCosts(serialize, trained + serialize, 0, 0, 0);
    }

    static RoundCosts ofReducer(double shuffle, double reduce) {
        return new RoundCosts(0, 0, shuffle, reduce, 0);
    }

    static RoundCosts ofState(long bytes) {
        return new RoundCosts(0, 0, 0, 0, bytes);
    }

    RoundCosts and(RoundCosts other) {
        return new RoundCosts(
                Math.max(serialize, other.serialize),
                Math.max(worker, other.worker),
                shuffle + other.shuffle,
                reduce + other.reduce,
                stateBytes + other.stateBytes);
    }
}
