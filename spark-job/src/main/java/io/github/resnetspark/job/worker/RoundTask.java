package io.github.resnetspark.job.worker;

import java.io.Serializable;

/** What one worker does in one round. */
public interface RoundTask<C extends RoundContext> extends Serializable {

    /** The worker's index, from 0. */
    int worker();

    /** Minibatches that it fits, at least 1. */
    int minibatches();

    /**
     * Runs on a replica of this executor, from the state that the round begins with.
     *
     * @return of which the slices may be used until the Spark task on this thread has ended, or without one until the next runs
     */
    FitResult run(C context, StateReader start) throws InterruptedException;
}
