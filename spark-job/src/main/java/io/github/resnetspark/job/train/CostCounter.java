package io.github.resnetspark.job.train;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.AccumulatorV2;

/** Gathers the {@link RoundCosts} of a round's tasks on the driver. */
final class CostCounter extends AccumulatorV2<RoundCosts, RoundCosts> {
    private static final long serialVersionUID = 1;

    private RoundCosts costs = RoundCosts.NONE;

    /** For the tasks of one round. */
    static CostCounter register(JavaSparkContext spark) {
        CostCounter counter = new CostCounter();
        spark.sc().register(counter);
        return counter;
    }

    @Override
    public boolean isZero() {
        return costs.equals(RoundCosts.NONE);
    }

    @Override
    public CostCounter copy() {
        CostCounter copy = new CostCounter();
        copy.costs = costs;
        return copy;
    }

    @Override
    public void reset() {
        costs = RoundCosts.NONE;
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
