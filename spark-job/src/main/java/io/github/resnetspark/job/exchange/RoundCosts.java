package io.github.resnetspark.job.exchange;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Time that the tasks of a round take. Workers run in parallel, and so do reducers, so the maximum counts. The slices
 * of a reducer are read in sequence, and each is averaged while the next is read. So each of these two times is a sum,
 * and a reducer takes less than both together.
 *
 * @param serialize from the end of a worker's training until its slices are ready for the reducers
 * @param worker from the start of a worker's task to that moment
 * @param shuffle time in which the reducers read their slices
 * @param reduce time in which they average them
 * @param reducer from the start of a reducer's task until it has stored its averages
 * @param stateBytes bytes of the state that the driver sent to executors
 */
record RoundCosts(double serialize, double worker, double shuffle, double reduce, double reducer, long stateBytes)
        implements Serializable {
    static final RoundCosts NONE = new RoundCosts(0, 0, 0, 0, 0, 0);

    static RoundCosts ofWorker(double trained, double serialize) {
        return new RoundCosts(serialize, trained + serialize, 0, 0, 0, 0);
    }

    static RoundCosts ofSlice(double shuffle, double reduce) {
        return new RoundCosts(0, 0, shuffle, reduce, 0, 0);
    }

    static RoundCosts ofReducer(double reducer) {
        return new RoundCosts(0, 0, 0, 0, reducer, 0);
    }

    static RoundCosts ofState(long bytes) {
        return new RoundCosts(0, 0, 0, 0, 0, bytes);
    }

    RoundCosts and(RoundCosts other) {
        return new RoundCosts(
                Math.max(serialize, other.serialize),
                Math.max(worker, other.worker),
                shuffle + other.shuffle,
                reduce + other.reduce,
                Math.max(reducer, other.reducer),
                stateBytes + other.stateBytes);
    }

    /** Collects the {@link RoundCosts} of a round's tasks on the driver. */
    static final class Counter extends AccumulatorV2<RoundCosts, RoundCosts> {
        private static final long serialVersionUID = 1;

        private RoundCosts costs = NONE;

        /** Creates one for the tasks of a round. */
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
