package io.github.resnetspark.job.master;

import io.github.resnetspark.accel.Acceleration;
import io.github.resnetspark.job.worker.GraphState;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.PooledReplica;
import io.github.resnetspark.job.worker.ReplicaSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** A copy of any network. */
final class GraphReplica implements PooledReplica {
    private final ComputationGraph net;

    private GraphReplica(ComputationGraph net) {
        this.net = net;
    }

    /**
     * What it is made from.
     *
     * @param run of the replica
     * @param configuration the network's, as JSON
     */
    record Origin(String run, String configuration) implements ReplicaSource<GraphReplica> {
        @Override
        public GraphReplica make() {
            return new GraphReplica(Acceleration.AUTO.create(ComputationGraphConfiguration.fromJson(configuration)));
        }
    }

    /**
     * What fitting gives.
     *
     * @param state the network's, afterwards
     * @param examples that were fitted
     * @param lossSum the score of each minibatch times its examples, summed
     */
    record Fitted(NetworkState state, long examples, double lossSum) {}

    /** Fits the minibatches of a task, from the state that the round begins with. */
    Fitted fit(PathTask task, NetworkState start, DataSetLoader loader, Configuration files) {
        GraphState.write(start, net);
        net.getConfiguration().setIterationCount(task.iteration());
        net.getConfiguration().setEpochCount(task.epoch());
        long examples = 0;
        double lossSum = 0;
        for (String path : task.paths()) {
            DataSet minibatch = load(path, loader, files);
            net.fit(minibatch);
            examples += minibatch.numExamples();
            lossSum += net.score() * minibatch.numExamples();
        }
        return new Fitted(GraphState.read(net), examples, lossSum);
    }

    private static DataSet load(String path, DataSetLoader loader, Configuration files) {
        try {
            return loader.load(new StoredMinibatch(path, files));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be loaded as a minibatch", e);
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
