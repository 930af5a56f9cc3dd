package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import java.io.Serializable;
import java.util.List;

/** What one worker does in one round. */
public interface RoundTask<C extends RoundTask.Context> extends Serializable {

    /** The worker's index, from 0. */
    int worker();

    /** Minibatches that it fits, at least 1. */
    int minibatches();

    /**
     * Runs on a replica of this executor, from the state that the round begins with.
     *
     * @return of which the slices may be used until the Spark task on this thread has ended, or without one until the next runs
     */
    Result run(C context, StateReader start) throws InterruptedException;

    /**
     * What a replica has after its part of a round.
     *
     * @param slices of its state, with second moments in the place of batch-norm's running variances; they may lie in the
     *     replica's memory, and are good for as long as the task has the replica
     * @param report how it went
     */
    record Result(List<RawFloats> slices, WorkerReport report) {}

    /** What every round of a run needs in the executors, whatever is fitted; broadcast once. */
    interface Context extends Serializable {

        /** Where batch-norm's running statistics lie among the parameters. */
        BatchNormMoments moments();

        /** How the state is cut for its way. */
        StateSlices slices();
    }
}
