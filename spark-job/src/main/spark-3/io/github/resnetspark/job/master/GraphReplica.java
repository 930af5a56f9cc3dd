package io.github.resnetspark.job.master;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.replica.FitLoop;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.PooledReplica;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.message.job.InputFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** A replica of any network. */
final class GraphReplica implements PooledReplica.Averaged {
    private final ComputationGraph net;
    private final GraphState state;

    private GraphReplica(ComputationGraph net) {
        this.net = net;
        this.state = new GraphState(net);
    }

    /**
     * Creates replicas.
     *
     * @param run identifies the run
     * @param configuration configuration of the network, as JSON
     * @param accel which library computes the layers
     */
    record Origin(String run, String configuration, AccelSettings accel) implements PooledReplica.Source<GraphReplica> {
        @Override
        public GraphReplica make() {
            return new GraphReplica(accel.create(ComputationGraphConfiguration.fromJson(configuration)));
        }
    }

    @Override
    public GraphState state() {
        return state;
    }

    /**
     * Trains on the minibatches of a task, starting from the loaded state.
     *
     * @param loadSeconds time that loading took
     * @return the network's state afterwards, and the worker's report
     */
    RoundTask.Result fit(PathTask.Context context, PathTask task, double loadSeconds) throws InterruptedException {
        net.getConfiguration().setIterationCount(task.iteration());
        net.getConfiguration().setEpochCount(task.epoch());
        float[] centre = context.moments().means(state.parameters()::get);
        FitLoop<DataSet> loop = new FitLoop<>(net, new FitLoop.Minibatches<>() {
            @Override
            public DataSet await(int index) {
                return minibatch(task.paths().get(index), context);
            }

            @Override
            public int fit(int index, DataSet minibatch) {
                net.fit(minibatch);
                return minibatch.numExamples();
            }
        });
        loop.fit(0, task.minibatches());
        context.moments().toMoments(state.parameters(), centre);
        return new RoundTask.Result(
                state.slices(context.slices()), WorkerReport.of(task.worker(), loadSeconds, List.of(loop.report())));
    }

    private static DataSet minibatch(String path, PathTask.Context context) {
        try {
            return context.loader()
                    .load(new StoredMinibatch(path, context.files().value()));
        } catch (IOException e) {
            throw new UncheckedIOException(InputFailures.minibatchNotLoaded(path), e);
        }
    }

    @Override
    public void close() {
        net.close();
    }

    /** A path as the source of a Deeplearning4j loader. It is only opened when it is read. */
    record StoredMinibatch(String path, Configuration configuration) implements org.nd4j.common.loader.Source {

        @Override
        public InputStream getInputStream() throws IOException {
            Path file = new Path(path);
            return file.getFileSystem(configuration).open(file);
        }

        @Override
        public String getPath() {
            return path;
        }
    }
}
