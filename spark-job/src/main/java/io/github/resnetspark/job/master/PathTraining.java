package io.github.resnetspark.job.master;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.ParameterSlices;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.averaging.WeightedAverage;
import io.github.resnetspark.job.worker.GraphState;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.ReplicaPool;
import io.github.resnetspark.job.worker.StateLayout;
import io.github.resnetspark.job.worker.StateSlices;
import io.github.resnetspark.task.ShardwiseJob;
import io.github.resnetspark.task.TaskFailure;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Epochs of averaging rounds over minibatches in files: what {@code job.train} does, without shards and positions. */
final class PathTraining {
    private static final Logger LOG = LoggerFactory.getLogger(PathTraining.class);

    private final JavaSparkContext spark;
    private final int workers;
    private final int averagingEvery;

    PathTraining(JavaSparkContext spark, int workers, int averagingEvery) {
        this.spark = spark;
        this.workers = workers;
        this.averagingEvery = averagingEvery;
    }

    /** What every round of an epoch needs in the executors. */
    private record Context(
            GraphReplica.Origin origin,
            BatchNormMoments moments,
            DataSetLoader loader,
            SerializableConfiguration files,
            StateSlices slices)
            implements Serializable {}

    /** One worker's part of a slice, with what it has fitted. */
    private record Part(Contribution contribution, double lossSum) implements Serializable {}

    /** The average of a slice, and the sums of all workers. */
    private record Average(int slice, RawFloats values, long examples, double lossSum) implements Serializable {}

    /** Trains the network on every path once; its state afterwards is the last average. */
    void epoch(ComputationGraph net, List<String> paths, DataSetLoader loader) {
        String run = UUID.randomUUID().toString();
        Context context = new Context(
                new GraphReplica.Origin(run, net.getConfiguration().toJson()),
                new StateLayout(net).moments(),
                loader,
                ShardwiseJob.configuration(spark),
                StateSlices.of(GraphState.read(net), workers));
        Broadcast<Context> shared = spark.broadcast(context);
        try {
            int done = 0;
            while (done < paths.size()) {
                done += round(
                        net, PathTask.of(paths, done, workers, averagingEvery, iteration(net), epochOf(net)), shared);
            }
        } finally {
            shared.destroy();
            // Replicas of executors elsewhere end with their process.
            ReplicaPool.close(run);
        }
    }

    private int round(ComputationGraph net, List<PathTask> tasks, Broadcast<Context> context) {
        long begin = System.nanoTime();
        NetworkState start = GraphState.read(net);
        Broadcast<RawFloats> state = spark.broadcast(StateSlices.of(start, 1).cut(start, 0));
        List<Average> averages;
        try {
            averages = averages(state, context, tasks);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            throw TaskFailure.of(e, "Training");
        } finally {
            state.destroy();
        }
        GraphState.write(joined(start, averages, context.value()), net);
        int most = tasks.stream().mapToInt(task -> task.paths().size()).max().orElse(0);
        net.getConfiguration().setIterationCount(iteration(net) + most);
        Average first = averages.get(0);
        LOG.info(String.format(
                Locale.ROOT,
                "averaged %d workers after %d minibatches: %d examples, loss %.4f, %.1f s",
                tasks.size(),
                most,
                first.examples(),
                first.lossSum() / first.examples(),
                (System.nanoTime() - begin) / 1e9));
        return tasks.stream().mapToInt(task -> task.paths().size()).sum();
    }

    private List<Average> averages(Broadcast<RawFloats> state, Broadcast<Context> context, List<PathTask> tasks) {
        JavaRDD<Average> slices = spark.parallelize(tasks, tasks.size())
                .flatMapToPair(task -> fit(task, context.value(), state.value()).iterator())
                .groupByKey(new HashPartitioner(context.value().slices().count()))
                .map(parts -> average(parts._1(), parts._2()));
        List<Average> averages = new ArrayList<>(slices.collect());
        slices.rdd().cleanShuffleDependencies(false);
        averages.sort(Comparator.comparingInt(Average::slice));
        return averages;
    }

    /** In the executor. */
    private static List<Tuple2<Integer, Part>> fit(PathTask task, Context context, RawFloats whole)
            throws InterruptedException {
        StateSlices slices = context.slices();
        NetworkState start = new StateSlices(
                        slices.parameters(), slices.updaterState(), new ParameterSlices(whole.length(), 1))
                .join(List.of(whole));
        GraphReplica.Fitted fitted = ReplicaPool.run(
                context.origin(),
                replica -> replica.fit(
                        task, start, context.loader(), context.files().value()));
        context.moments().toMoments(FloatBuffer.wrap(fitted.state().parameters()), centre(start, context));
        List<Tuple2<Integer, Part>> parts = new ArrayList<>();
        for (int slice = 0; slice < slices.count(); slice++) {
            Contribution contribution =
                    new Contribution(task.worker(), fitted.examples(), slices.cut(fitted.state(), slice));
            parts.add(new Tuple2<>(slice, new Part(contribution, fitted.lossSum())));
        }
        return parts;
    }

    private static Average average(int slice, Iterable<Part> parts) {
        List<Contribution> contributions = new ArrayList<>();
        double lossSum = 0;
        for (Part part : parts) {
            contributions.add(part.contribution());
            lossSum += part.lossSum();
        }
        long examples = contributions.stream().mapToLong(Contribution::examples).sum();
        return new Average(slice, WeightedAverage.of(contributions), examples, lossSum);
    }

    private static NetworkState joined(NetworkState start, List<Average> averages, Context context) {
        NetworkState joined =
                context.slices().join(averages.stream().map(Average::values).toList());
        context.moments().toVariances(FloatBuffer.wrap(joined.parameters()), centre(start, context));
        return joined;
    }

    private static float[] centre(NetworkState start, Context context) {
        return context.moments().means(FloatBuffer.wrap(start.parameters()));
    }

    private static int iteration(ComputationGraph net) {
        return net.getConfiguration().getIterationCount();
    }

    private static int epochOf(ComputationGraph net) {
        return net.getConfiguration().getEpochCount();
    }
}
