package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.WorkerReport;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The training loop of a worker in one round, for any network and any source of minibatches. */
public final class FitLoop {
    private final ComputationGraph net;
    private final GraphState state;

    /** For a network that only this thread uses. */
    public FitLoop(ComputationGraph net, GraphState state) {
        this.net = net;
        this.state = state;
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
     * Trains on all minibatches of a task, starting from the loaded state.
     *
     * @param loadSeconds time that loading took
     * @return the network's state afterwards, and the worker's report
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
