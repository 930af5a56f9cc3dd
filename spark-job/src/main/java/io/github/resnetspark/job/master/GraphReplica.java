package io.github.resnetspark.job.master;

import io.github.resnetspark.accel.AccelSettings;
import io.github.resnetspark.job.worker.AveragedReplica;
import io.github.resnetspark.job.worker.FitResult;
import io.github.resnetspark.job.worker.NativeState;
import io.github.resnetspark.job.worker.ReplicaSource;
import io.github.resnetspark.job.worker.WorkerReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** A copy of any network. */
final class GraphReplica implements AveragedReplica {
    private final ComputationGraph net;
    private final NativeState state;

    private GraphReplica(ComputationGraph net) {
        this.net = net;
        this.state = new NativeState(net);
    }

    /**
     * What it is made from.
     *
     * @param run of the replica
     * @param configuration the network's, as JSON
     * @param accel what computes its layers
     */
    record Origin(String run, String configuration, AccelSettings accel) implements ReplicaSource<GraphReplica> {
        @Override
        public GraphReplica make() {
            return new GraphReplica(accel.create(ComputationGraphConfiguration.fromJson(configuration)));
        }
    }

    @Override
    public NativeState state() {
        return state;
    }

    /**
     * Fits the minibatches of a task, from the state that was loaded.
     *
     * @param loadSeconds how long that took
     * @return the network's state afterwards, and how it went
     */
    FitResult fit(PathContext context, PathTask task, double loadSeconds) {
        float[] centre = context.moments().means(state.parameters()::get);
        net.getConfiguration().setIterationCount(task.iteration());
        net.getConfiguration().setEpochCount(task.epoch());
        long examples = 0;
        double lossSum = 0;
        double computeSeconds = 0;
        double waitSeconds = 0;
        int divergedAt = -1;
        for (int i = 0; i < task.minibatches(); i++) {
            long waiting = System.nanoTime();
            DataSet minibatch = minibatch(task.paths().get(i), context);
            long computing = System.nanoTime();
            waitSeconds += (computing - waiting) / 1e9;
            net.fit(minibatch);
            examples += minibatch.numExamples();
            lossSum += net.score() * minibatch.numExamples();
            computeSeconds += (System.nanoTime() - computing) / 1e9;
            if (divergedAt < 0 && !Double.isFinite(lossSum)) {
                divergedAt = i;
            }
        }
        context.moments().toMoments(state.parameters(), centre);
        WorkerReport report = new WorkerReport(
                task.worker(), examples, lossSum, divergedAt, loadSeconds, computeSeconds, waitSeconds);
        return new FitResult(state.slices(context.slices()), report);
    }

    private static DataSet minibatch(String path, PathContext context) {
        try {
            return context.loader()
                    .load(new StoredMinibatch(path, context.files().value()));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be loaded as a minibatch", e);
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
