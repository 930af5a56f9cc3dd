package io.github.resnetspark.job.master;

import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.spark.ShardwiseJob;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains epochs in averaging rounds, with minibatches from files. */
final class PathTraining {
    private static final Logger LOG = LoggerFactory.getLogger(PathTraining.class);

    private final JavaSparkContext spark;
    private final int workers;
    private final int averagingEvery;
    private final AccelSettings accel;
    private final String run;

    /** @param run identifies the run; the same in every epoch, so that executors reuse their replicas */
    PathTraining(JavaSparkContext spark, int workers, int averagingEvery, AccelSettings accel, String run) {
        this.run = run;
        this.spark = spark;
        this.workers = workers;
        this.averagingEvery = averagingEvery;
        this.accel = accel;
    }

    /** Trains the network once on every path. Afterwards it contains the last average. */
    void epoch(ComputationGraph net, List<String> paths, DataSetLoader loader) {
        PathTask.Context context = new PathTask.Context(
                new GraphReplica.Origin(run, origin(net), accel),
                new GraphState(net).moments(),
                StateSlices.ofWorkers(new GraphState(net).read(), workers),
                loader,
                ShardwiseJob.configuration(spark));
        try (Exchange<PathTask.Context> exchange = Exchange.open(spark, context)) {
            AveragedState state = AveragedState.of(new GraphState(net).read());
            int done = 0;
            while (done < paths.size()) {
                List<PathTask> tasks = PathTask.of(paths, done, workers, averagingEvery, iteration(net), epochOf(net));
                state = fit(net, exchange, state, tasks);
                done += tasks.stream().mapToInt(PathTask::minibatches).sum();
            }
            new GraphState(net).write(state.get());
        } finally {
            // Replicas on remote executors end with their process.
            ReplicaPool.close(run);
        }
    }

    /** The configuration without the counters that change during training. */
    private static String origin(ComputationGraph net) {
        ComputationGraphConfiguration configuration = net.getConfiguration().clone();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        return configuration.toJson();
    }

    private static AveragedState fit(
            ComputationGraph net, Exchange<PathTask.Context> exchange, AveragedState start, List<PathTask> tasks) {
        long begin = System.nanoTime();
        Exchange.Result result = exchange.round(start, tasks);
        int most = tasks.stream().mapToInt(PathTask::minibatches).max().orElse(0);
        net.getConfiguration().setIterationCount(iteration(net) + most);
        long examples =
                result.reports().stream().mapToLong(WorkerReport::examples).sum();
        double lossSum =
                result.reports().stream().mapToDouble(WorkerReport::lossSum).sum();
        LOG.info(String.format(
                Locale.ROOT,
                "averaged %d workers after %d minibatches: %d examples, loss %.4f, %.1f s",
                tasks.size(),
                most,
                examples,
                lossSum / examples,
                (System.nanoTime() - begin) / 1e9));
        return result.state();
    }

    private static int iteration(ComputationGraph net) {
        return net.getConfiguration().getIterationCount();
    }

    private static int epochOf(ComputationGraph net) {
        return net.getConfiguration().getEpochCount();
    }
}
