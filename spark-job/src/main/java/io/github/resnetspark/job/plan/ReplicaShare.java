package io.github.resnetspark.job.plan;

import java.io.Serializable;

/** The examples that one replica trains on in one round: a contiguous part of the epoch, split into minibatches. */
public final class ReplicaShare implements Serializable {
    private static final long serialVersionUID = 1;

    private final int replica;
    private final ExampleList examples;
    private final int minibatches;

    /** Distributes the examples over the minibatches so that their sizes differ by at most 1. */
    ReplicaShare(int replica, ExampleList examples, int minibatches) {
        this.replica = replica;
        this.examples = examples;
        this.minibatches = minibatches;
    }

    /** The replica's index among those of all workers, from 0. */
    public int replica() {
        return replica;
    }

    /** All examples of the share, in order. Their number is the replica's weight in the average. */
    public ExampleList examples() {
        return examples;
    }

    /** Number of minibatches; 0 if the replica has no work in this round. */
    public int minibatches() {
        return minibatches;
    }

    /** The examples of one minibatch, {@code index} from 0. */
    public ExampleList minibatch(int index) {
        return examples.slice(end(index), end(index + 1));
    }

    /** Its first minibatches, or all of them if it has fewer. They are the same ones as in this share. */
    public ReplicaShare first(int count) {
        int end = Math.min(count, minibatches);
        return new ReplicaShare(replica, examples.slice(0, end(end)), end);
    }

    /** The minibatches that follow the first {@code count}, of which there are at least as many. */
    public ReplicaShare after(int count) {
        return new ReplicaShare(replica, examples.slice(end(count), examples.size()), minibatches - count);
    }

    /** Whether another share of the same epoch, which must have minibatches, consists of the first ones of this share. */
    public boolean startsWith(ReplicaShare other) {
        return other.minibatches <= minibatches
                && other.examples.size() == end(other.minibatches)
                // Every example occurs once in an epoch, so the first one shows where a share begins.
                && other.examples.id(0) == examples.id(0);
    }

    private int end(int minibatch) {
        return minibatch == 0 ? 0 : RoundPlan.startOfPart(examples.size(), minibatches, minibatch);
    }
}
