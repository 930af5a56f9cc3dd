package io.github.resnetspark.job.exchange;

import java.io.Serializable;

/**
 * Statistics of one worker in one round.
 *
 * @param worker index of the worker, from 0
 * @param examples number that it trained on
 * @param lossSum sum of the cross-entropy over all examples
 * @param divergedAt the minibatch in which the loss or a parameter became NaN or infinite, or -1
 * @param loadSeconds time in which the state was loaded into the network
 * @param computeSeconds time of forward pass, backward pass and update
 * @param waitSeconds time in which it waited for the data loader
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

    /** The same, but diverged in this minibatch unless already in an earlier one. */
    public WorkerReport divergedIn(int minibatch) {
        return divergedAt >= 0
                ? this
                : new WorkerReport(worker, examples, lossSum, minibatch, loadSeconds, computeSeconds, waitSeconds);
    }
}
