package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.plan.WorkerShare;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/** What one worker does in one round. */
public final class FitTask implements Serializable {
    private static final long serialVersionUID = 1;

    private final EpochShare work;
    private final double[] rates;
    /** Null where nothing comes: an {@link Optional} cannot be serialized. */
    private final EpochShare next;

    /**
     * @param work the examples; must not be empty
     * @param rates the learning rate of each minibatch
     * @param next what this worker will most likely get in the next round, to be made ready meanwhile
     */
    public FitTask(EpochShare work, double[] rates, Optional<EpochShare> next) {
        this.work = work;
        this.rates = Arrays.copyOf(rates, work.share().minibatches());
        this.next = next.orElse(null);
    }

    /** The worker's index, from 0. */
    public int worker() {
        return share().worker();
    }

    /** Minibatches that it fits. */
    public int minibatches() {
        return rates.length;
    }

    /** Whether the worker will most likely get another share after this one. */
    public boolean expectsMore() {
        return next != null;
    }

    EpochShare work() {
        return work;
    }

    WorkerShare share() {
        return work.share();
    }

    double rate(int minibatch) {
        return rates[minibatch];
    }

    Optional<EpochShare> next() {
        return Optional.ofNullable(next);
    }

    /** Runs on a replica of this executor, from the state that the round begins with. */
    public FitResult run(FitContext context, StateReader start) throws InterruptedException {
        return ReplicaPool.fit(context, this, start);
    }
}
