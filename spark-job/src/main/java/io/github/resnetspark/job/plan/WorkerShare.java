package io.github.resnetspark.job.plan;

import java.io.Serializable;

/** The examples that one worker trains on in one round: a contiguous part of the epoch, split into minibatches. */
public final class WorkerShare implements Serializable {
    private static final long serialVersionUID = 1;

    private final int worker;
    private final ExampleList examples;
    private final int minibatches;

    /** Distributes the examples over the minibatches so that their sizes differ by at most 1. */
    WorkerShare(int worker, ExampleList examples, int minibatches) {
        this.worker = worker;
        this.examples = examples;
        this.minibatches = minibatches;
    }

    /** The worker's index, from 0. */
    public int worker() {
        return worker;
    }

    /** All examples of the share, in order. Their number is the worker's weight in the average. */
    public ExampleList examples() {
        return examples;
    }

    /** Number of minibatches; 0 if the worker has no work in this round. */
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
