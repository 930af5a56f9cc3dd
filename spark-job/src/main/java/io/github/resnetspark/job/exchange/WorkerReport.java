package io.github.resnetspark.job.exchange;

import java.io.Serializable;

/**
 * What a worker tells of its part of a round.
 *
 * @param worker its index, from 0
 * @param examples that it trained on
 * @param lossSum the cross-entropy of all of them, summed
 * @param divergedAt the minibatch that made the loss or the parameters something else than finite numbers, or -1
 * @param loadSeconds reading the state and filling the network with it
 * @param computeSeconds forward, backward, update
 * @param waitSeconds for the loader
 */
public record WorkerReport(
        int worker,
        long examples,
        double lossSum,
        int divergedAt,
        double loadSeconds,
        double computeSeconds,
        double waitSeconds)
        implements Serializable {

    /** The same, diverged in a minibatch if not in one before. */
    public WorkerReport divergedIn(int minibatch) {
        return divergedAt >= 0
                ? this
                : new WorkerReport(worker, examples, lossSum, minibatch, loadSeconds, computeSeconds, waitSeconds);
    }
}
