package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.ParameterSlices;
import io.github.resnetspark.job.worker.FitResult;
import io.github.resnetspark.job.worker.FitTask;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.WorkerReport;
import io.github.resnetspark.task.TaskFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One round: broadcast the state, fit on every worker, average slice by slice, collect.
 *
 * <p>Parameters and updater state travel as one vector, cut into as many slices as there are reducers; each worker sends
 * every slice through a shuffle to its reducer, which sums in worker order. The driver sends one state and receives one
 * state, however many workers there are.
 */
final class AveragingRound {
    private final JavaSparkContext spark;
    private final Broadcast<RunContext> run;

    AveragingRound(JavaSparkContext spark, Broadcast<RunContext> run) {
        this.spark = spark;
        this.run = run;
    }

    /**
     * What a round gives.
     *
     * @param state the averaged state
     * @param reports one per worker that had examples, in worker order
     */
    record Result(NetworkState state, List<WorkerReport> reports) {}

    /** @param tasks one for each worker that has examples, at least one */
    Result run(NetworkState start, List<FitTask> tasks) {
        Broadcast<NetworkState> state = spark.broadcast(start);
        try {
            List<SliceAverage> averages = averages(state, run, tasks);
            return new Result(join(start, averages), averages.get(0).reports());
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            throw TaskFailure.of(e, "Training");
        } finally {
            state.destroy();
        }
    }

    /** Not an instance method: what Spark ships must not hold the driver's context. */
    private List<SliceAverage> averages(
            Broadcast<NetworkState> state, Broadcast<RunContext> context, List<FitTask> tasks) {
        JavaRDD<SliceAverage> slices = spark.parallelize(tasks, tasks.size())
                .flatMapToPair(task -> fit(task, context.value(), state.value()).iterator())
                .groupByKey(new HashPartitioner(context.value().slices()))
                .map(parts -> SliceAverage.of(parts._1(), parts._2()));
        List<SliceAverage> averages = new ArrayList<>(slices.collect());
        // Else a round's state times its workers stays on the executors' disks until the driver collects garbage.
        slices.rdd().cleanShuffleDependencies(false);
        averages.sort(Comparator.comparingInt(SliceAverage::slice));
        return averages;
    }

    /** In the executor. */
    private static List<Tuple2<Integer, SliceAverage.Part>> fit(FitTask task, RunContext context, NetworkState start)
            throws InterruptedException {
        FitResult result = task.run(context.replica(), context.source(), start);
        context.moments().toMoments(result.state().parameters(), start.parameters());
        float[] vector = concatenate(result.state());
        ParameterSlices slices = new ParameterSlices(vector.length, context.slices());
        List<Tuple2<Integer, SliceAverage.Part>> parts = new ArrayList<>();
        WorkerReport report = result.report();
        for (int slice = 0; slice < slices.count(); slice++) {
            Contribution contribution = new Contribution(report.worker(), report.examples(), slices.cut(vector, slice));
            parts.add(new Tuple2<>(slice, new SliceAverage.Part(contribution, report)));
        }
        return parts;
    }

    private NetworkState join(NetworkState start, List<SliceAverage> averages) {
        int parameterCount = start.parameters().length;
        int length = parameterCount + start.updaterState().length;
        float[] vector = new ParameterSlices(length, run.value().slices())
                .join(averages.stream().map(SliceAverage::values).toList());
        float[] parameters = new float[parameterCount];
        float[] updaterState = new float[length - parameterCount];
        System.arraycopy(vector, 0, parameters, 0, parameterCount);
        System.arraycopy(vector, parameterCount, updaterState, 0, updaterState.length);
        run.value().moments().toVariances(parameters, start.parameters());
        return new NetworkState(parameters, updaterState);
    }

    private static float[] concatenate(NetworkState state) {
        float[] vector = new float[state.parameters().length + state.updaterState().length];
        System.arraycopy(state.parameters(), 0, vector, 0, state.parameters().length);
        System.arraycopy(state.updaterState(), 0, vector, state.parameters().length, state.updaterState().length);
        return vector;
    }
}
