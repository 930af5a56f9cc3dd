package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.WorkerReport;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The training loop of one replica in one round, for any network and any source of minibatches. Used by one thread.
 *
 * @param <M> a minibatch
 */
public final class FitLoop<M> {
    private final ComputationGraph net;
    private final Minibatches<M> minibatches;
    private long examples;
    private double lossSum;
    private int divergedAt = -1;
    private double computeSeconds;
    private double waitSeconds;

    /** For a network that only this thread uses. */
    public FitLoop(ComputationGraph net, Minibatches<M> minibatches) {
        this.net = net;
        this.minibatches = minibatches;
    }

    /** The source of the minibatches, and how the network is trained on one. */
    public interface Minibatches<M> {
        /** Waits for the minibatch with this index. */
        M await(int index) throws InterruptedException;

        /**
         * Trains the network on it.
         *
         * @return its number of examples
         */
        int fit(int index, M minibatch);
    }

    /**
     * Trains on the minibatches {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @return their number of examples
     */
    public long fit(int from, int to) throws InterruptedException {
        long before = examples;
        for (int i = from; i < to; i++) {
            long waiting = System.nanoTime();
            M minibatch = minibatches.await(i);
            long computing = System.nanoTime();
            int size = minibatches.fit(i, minibatch);
            examples += size;
            lossSum += net.score() * size;
            waitSeconds += (computing - waiting) / 1e9;
            computeSeconds += (System.nanoTime() - computing) / 1e9;
            if (divergedAt < 0 && !Double.isFinite(lossSum)) {
                divergedAt = i;
            }
        }
        return examples - before;
    }

    /** What it has done so far. */
    public WorkerReport.Replica report() {
        return new WorkerReport.Replica(examples, lossSum, divergedAt, computeSeconds, waitSeconds);
    }
}
