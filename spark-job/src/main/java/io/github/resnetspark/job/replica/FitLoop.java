package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.WorkerReport;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Fits the minibatches of a worker's part of a round one after another, whatever the network is and wherever they come from. */
public final class FitLoop {
    private final ComputationGraph net;
    private final GraphState state;

    /** Of a network that is used by this thread only. */
    public FitLoop(ComputationGraph net, GraphState state) {
        this.net = net;
        this.state = state;
    }

    /** Where the minibatches come from, and how the network gets them. */
    public interface Minibatches<M> {
        /** Waits for one. */
        M await(int index) throws InterruptedException;

        /**
         * Has the network fit it.
         *
         * @return its examples
         */
        int fit(int index, M minibatch);
    }

    /**
     * Fits all minibatches of a task, from the state that was loaded.
     *
     * @param loadSeconds how long that took
     * @return the network's state afterwards, and how it went
     */
    public <M> RoundTask.Result run(
            RoundTask.Context context, RoundTask<?> task, double loadSeconds, Minibatches<M> minibatches)
            throws InterruptedException {
        float[] centre = context.moments().means(state.parameters()::get);
        long examples = 0;
        double lossSum = 0;
        double computeSeconds = 0;
        double waitSeconds = 0;
        int divergedAt = -1;
        for (int i = 0; i < task.minibatches(); i++) {
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
        context.moments().toMoments(state.parameters(), centre);
        return new RoundTask.Result(
                state.slices(context.slices()),
                new WorkerReport(
                        task.worker(), examples, lossSum, divergedAt, loadSeconds, computeSeconds, waitSeconds));
    }
}
