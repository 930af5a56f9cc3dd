package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.RoundContext;
import io.github.resnetspark.job.worker.RoundTask;
import io.github.resnetspark.job.worker.WorkerReport;
import io.github.resnetspark.task.TaskFailure;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One round: spread the state, fit on every worker, average slice by slice, collect.
 *
 * <p>Parameters and updater state travel as one vector, cut into as many slices as there are reducers; each worker sends
 * every slice through a shuffle to its reducer, which sums in worker order. The driver sends one state and receives one
 * state, however many workers there are.
 */
public final class AveragingRound<C extends RoundContext> {
    private final JavaSparkContext spark;
    private final Broadcast<C> run;
    private final Placement places = new Placement();
    /** Of the round before: what Java's garbage collector finds while it is being removed, Spark removes a second time. */
    @SuppressWarnings("UnusedVariable") // Held, not read.
    private Optional<ScatteredState> removing = Optional.empty();

    /**
     * For the rounds of a run, one after another.
     *
     * @param run what all of them need
     */
    public AveragingRound(JavaSparkContext spark, Broadcast<C> run) {
        this.spark = spark;
        this.run = run;
    }

    /**
     * What a round gives.
     *
     * @param state the averaged state
     * @param reports one per worker that had examples, in worker order
     * @param times where the time went
     */
    public record Result(NetworkState state, List<WorkerReport> reports, RoundTimes times) {}

    /**
     * Runs one round.
     *
     * @param tasks one for each worker that has examples, at least one, in worker order
     */
    public Result run(NetworkState start, List<? extends RoundTask<C>> tasks) {
        long begin = System.nanoTime();
        CostCounter costs = CostCounter.register(spark);
        try (ScatteredState state = ScatteredState.of(spark, start, run.value().slices(), places, costs)) {
            long spread = System.nanoTime();
            List<SliceAverage> averages = averages(state, costs, tasks);
            long collected = System.nanoTime();
            removing = Optional.of(state);
            List<Participant> participants = averages.get(0).participants();
            places.note(participants);
            return new Result(
                    join(start, averages),
                    reports(tasks, participants, averages),
                    RoundTimes.of(
                            seconds(begin, spread),
                            seconds(spread, collected),
                            costs.value(),
                            collectedBytes(averages)));
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            throw TaskFailure.of(e, "Training");
        }
    }

    private List<SliceAverage> averages(ScatteredState state, CostCounter costs, List<? extends RoundTask<C>> tasks) {
        JavaRDD<SliceAverage> slices = reduce(
                FitRdd.of(spark, state, run, costs, tasks, places)
                        .partitionBy(new HashPartitioner(run.value().slices().count())),
                costs);
        List<SliceAverage> averages = new ArrayList<>(slices.collect());
        // Else a round's state times its workers stays on the executors' disks until the driver collects garbage.
        slices.rdd().cleanShuffleDependencies(false);
        averages.sort(Comparator.comparingInt(SliceAverage::slice));
        return averages;
    }

    /** Not an instance method: what Spark ships must not hold the driver's context. */
    private static JavaRDD<SliceAverage> reduce(JavaPairRDD<Integer, SliceAverage.Part> slices, CostCounter costs) {
        return slices.mapPartitions(
                arriving -> List.of(average(arriving, costs)).iterator());
    }

    /** In the executor: all parts of one slice. */
    private static SliceAverage average(Iterator<Tuple2<Integer, SliceAverage.Part>> arriving, CostCounter costs) {
        long begin = System.nanoTime();
        int slice = 0;
        List<SliceAverage.Part> parts = new ArrayList<>();
        while (arriving.hasNext()) {
            Tuple2<Integer, SliceAverage.Part> part = arriving.next();
            slice = part._1();
            parts.add(part._2());
        }
        long read = System.nanoTime();
        SliceAverage average = SliceAverage.of(slice, parts);
        costs.add(RoundCosts.ofReducer(seconds(begin, read), seconds(read, System.nanoTime())));
        return average;
    }

    private NetworkState join(NetworkState start, List<SliceAverage> averages) {
        NetworkState state = run.value()
                .slices()
                .join(averages.stream().map(SliceAverage::values).toList());
        BatchNormMoments moments = run.value().moments();
        moments.toVariances(FloatBuffer.wrap(state.parameters()), moments.means(FloatBuffer.wrap(start.parameters())));
        return state;
    }

    private static List<WorkerReport> reports(
            List<? extends RoundTask<?>> tasks, List<Participant> participants, List<SliceAverage> averages) {
        Set<Integer> diverged = new TreeSet<>();
        averages.forEach(average -> diverged.addAll(average.diverged()));
        List<WorkerReport> reports = new ArrayList<>();
        for (int i = 0; i < participants.size(); i++) {
            WorkerReport report = participants.get(i).report();
            // The loss is computed before the update, so the last minibatch's damage shows in the state only.
            reports.add(
                    diverged.contains(report.worker())
                            ? report.divergedIn(tasks.get(i).minibatches() - 1)
                            : report);
        }
        return reports;
    }

    private static long collectedBytes(List<SliceAverage> averages) {
        return averages.stream()
                .map(SliceAverage::values)
                .map(RawFloats::bytes)
                .mapToLong(bytes -> bytes.length)
                .sum();
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
