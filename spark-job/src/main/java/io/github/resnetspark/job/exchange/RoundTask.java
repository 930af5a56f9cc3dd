package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import java.io.Serializable;
import java.util.List;

/** The work of one worker in one round. */
public interface RoundTask<C extends RoundTask.Context> extends Serializable {

    /** The worker's index, from 0. */
    int worker();

    /** Number of minibatches that it trains on, at least 1. */
    int minibatches();

    /**
     * Runs on a replica of this executor, starting from the state at the start of the round.
     *
     * @return its slices are valid until the Spark task on this thread ends; outside a task, until the next call
     */
    Result run(C context, StateReader start) throws InterruptedException;

    /**
     * What a worker returns from a round.
     *
     * @param slices the slices of its state, with second moments instead of batch normalization's running variances;
     *     they may be views of the replica's memory, and are valid as long as the task has the replica
     * @param report statistics of its training
     */
    record Result(List<RawFloats> slices, WorkerReport report) {}

    /** What every round of a run needs on the executors; broadcast once. */
    interface Context extends Serializable {

        /** Positions of batch normalization's running statistics among the parameters. */
        BatchNormMoments moments();

        /** How the state is split into slices. */
        StateSlices slices();
    }
}
