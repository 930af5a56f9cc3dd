package io.github.resnetspark.job.exchange;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.AccumulatorV2;

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

    /** Gathers the {@link RoundCosts} of a round's tasks on the driver. */
    static final class Counter extends AccumulatorV2<RoundCosts, RoundCosts> {
        private static final long serialVersionUID = 1;

        private RoundCosts costs = NONE;

        /** For the tasks of one round. */
        static Counter register(JavaSparkContext spark) {
            Counter counter = new Counter();
            spark.sc().register(counter);
            return counter;
        }

        @Override
        public boolean isZero() {
            return costs.equals(NONE);
        }

        @Override
        public Counter copy() {
            Counter copy = new Counter();
            copy.costs = costs;
            return copy;
        }

        @Override
        public void reset() {
            costs = NONE;
        }

        @Override
        public void add(RoundCosts more) {
            costs = costs.and(more);
        }

        @Override
        public void merge(AccumulatorV2<RoundCosts, RoundCosts> other) {
            costs = costs.and(other.value());
        }

        @Override
        public RoundCosts value() {
            return costs;
        }
    }
}
