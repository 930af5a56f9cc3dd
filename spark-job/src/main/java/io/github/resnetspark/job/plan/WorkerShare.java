package io.github.resnetspark.job.plan;

import java.io.Serializable;

/** What one worker trains on in one round: a contiguous piece of the epoch, cut into minibatches. */
public final class WorkerShare implements Serializable {
    private static final long serialVersionUID = 1;

    private final int worker;
    private final ExampleList examples;
    private final int minibatches;

    /** The examples are spread over the minibatches so that their sizes differ by at most 1. */
    WorkerShare(int worker, ExampleList examples, int minibatches) {
        this.worker = worker;
        this.examples = examples;
        this.minibatches = minibatches;
    }

    /** The worker's index, from 0. */
    public int worker() {
        return worker;
    }

    /** All examples of the share, in order: their count is the worker's weight in the average. */
    public ExampleList examples() {
        return examples;
    }

    /** Number of minibatches, 0 when the worker has nothing to do in this round. */
    public int minibatches() {
        return minibatches;
    }

    /** The examples of one minibatch, {@code index} from 0. */
    public ExampleList minibatch(int index) {
        return examples.slice(end(index), end(index + 1));
    }

    private int end(int minibatch) {
        return RoundPlan.startOfPart(examples.size(), minibatches, minibatch);
    }
}
