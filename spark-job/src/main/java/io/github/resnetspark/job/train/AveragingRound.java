package io.github.resnetspark.job.train;

import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.RoundContext;
import io.github.resnetspark.job.worker.RoundTask;
import io.github.resnetspark.job.worker.WorkerReport;
import io.github.resnetspark.task.TaskFailure;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.apache.spark.rdd.ShuffledRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.reflect.ClassTag;

/**
 * One round: fit on every worker from the same state, and average slice by slice.
 *
 * <p>Parameters and updater state travel as one vector, cut into as many slices as there are reducers; each worker sends
 * every slice through a shuffle to its reducer, which sums in worker order. The averages stay where they were reduced, and
 * the workers of the next round read them from there, each all of them: together that is a reduce-scatter and an
 * all-gather (Thakur et al. 2005). The driver receives one state while the next round is under way, and sends one only
 * where the executors do not have it: at the start, after an outer step, and after a loss. So it moves at most two,
 * however many workers there are.
 */
public final class AveragingRound<C extends RoundContext> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AveragingRound.class);

    private final JavaSparkContext spark;
    private final Broadcast<C> run;
    private final Placement places = new Placement();
    private final StateCollector collector;
    /** What the last round began with: what Java's garbage collector finds while it is removed, Spark removes again. */
    @SuppressWarnings("UnusedVariable") // Held, not read.
    private Optional<SpreadState> begunWith = Optional.empty();
    /** What it ended with, for the next round. */
    private Optional<SpreadState> standing = Optional.empty();

    /**
     * For the rounds of a run, one after another.
     *
     * @param run what all of them need
     */
    public AveragingRound(JavaSparkContext spark, Broadcast<C> run) {
        this.spark = spark;
        this.run = run;
        this.collector =
                new StateCollector(spark, run.value().slices(), run.value().moments());
    }

    /**
     * What a round gives.
     *
     * @param state the averaged state
     * @param reports one per worker that had examples, in worker order
     * @param times where the time went
     */
    public record Result(AveragedState state, List<WorkerReport> reports, RoundTimes times) {}

    /**
     * Runs one round.
     *
     * @param start the state of the round before, or any
     * @param tasks one for each worker that has examples, at least one, in worker order
     */
    public Result run(AveragedState start, List<? extends RoundTask<C>> tasks) {
        try {
            return from(start, tasks);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            if (start.onExecutors().isPresent() && (start.isLost() || LostSliceException.isCauseOf(e))) {
                LOG.warn(
                        "Executors were lost with parts of the average; the round begins again with the driver's copy.");
                return run(start.onlyOnDriver(), tasks);
            }
            throw TaskFailure.of(e, "Training");
        }
    }

    private Result from(AveragedState start, List<? extends RoundTask<C>> tasks) {
        long begin = System.nanoTime();
        CostCounter costs = CostCounter.register(spark);
        SpreadState state = start.onExecutors().orElseGet(() -> fromDriver(start.get(), costs));
        try {
            long spread = System.nanoTime();
            JavaPairRDD<Integer, SliceAverage.Part> parts = shuffled(
                    FitRdd.of(spark, state, run, costs, tasks, places),
                    run.value().slices().count());
            SliceBlocks averages = SliceBlocks.create(spark);
            List<SliceAverage.Summary> summaries = summaries(reduce(parts, averages, costs), averages, start);
            long reduced = System.nanoTime();
            // Else a round's state times its workers stays on the executors' disks until the driver collects garbage.
            parts.rdd().cleanShuffleDependencies(false);
            List<Participant> participants =
                    summaries.get(SliceAverage.WITH_PARTICIPANTS).participants();
            places.note(participants);
            // The driver has had the whole round to get it.
            float[] centre =
                    run.value().moments().means(FloatBuffer.wrap(start.get().parameters()));
            SpreadState next = SpreadState.averaged(spark, averages, centre);
            standing = Optional.of(next);
            return new Result(
                    AveragedState.of(collector.collect(next), next, () -> again(start, tasks)),
                    reports(tasks, participants, summaries),
                    RoundTimes.of(
                            seconds(begin, spread),
                            seconds(spread, reduced),
                            costs.value(),
                            Math.min(tasks.size(), summaries.size()),
                            run.value().slices().bytes()));
        } finally {
            start.settle();
            state.close();
            begunWith = Optional.of(state);
        }
    }

    private SpreadState fromDriver(NetworkState state, CostCounter costs) {
        // What the last round left there is not what this one begins with.
        standing.ifPresent(SpreadState::close);
        return SpreadState.fromDriver(spark, state, run.value().slices(), places, costs);
    }

    private NetworkState again(AveragedState start, List<? extends RoundTask<C>> tasks) {
        AveragedState state = run(start.onlyOnDriver(), tasks).state().orFail();
        NetworkState made = state.get();
        state.onExecutors().ifPresent(SpreadState::close);
        return made;
    }

    /**
     * Has the executors train, average, and keep the averages. Their tasks wait for what is lost, each for itself, in case that
     * the driver has a copy to lend; where it has none, they need not.
     */
    private List<SliceAverage.Summary> summaries(
            JavaRDD<SliceAverage.Summary> reduced, SliceBlocks averages, AveragedState start) {
        if (start.isLost()) {
            // A job cannot be given up before it has begun.
            throw new LostSliceException("the average was lost before the round began", null);
        }
        String tag = "averaging-round-" + averages.rdd();
        spark.addJobTag(tag);
        start.whenLost(() -> spark.cancelJobsWithTag(tag));
        try {
            return reduced.collect();
        } catch (RuntimeException | Error e) {
            averages.remove(spark);
            throw e;
        } finally {
            spark.removeJobTag(tag);
        }
    }

    /** Ends the rounds: what the last one ended with is on the driver, or lost. */
    @Override
    public void close() {
        collector.close();
        standing.ifPresent(SpreadState::close);
    }

    private static JavaPairRDD<Integer, SliceAverage.Part> shuffled(
            JavaPairRDD<Integer, SliceAverage.Part> parts, int slices) {
        ClassTag<Integer> slice = parts.kClassTag();
        ClassTag<SliceAverage.Part> part = parts.vClassTag();
        return JavaPairRDD.fromRDD(
                new ShuffledRDD<>(parts.rdd(), new HashPartitioner(slices), slice, part, part)
                        .setSerializer(new RawFloatsSerializer()),
                slice,
                part);
    }

    /** Not an instance method: what Spark ships must not hold the driver's context. */
    private static JavaRDD<SliceAverage.Summary> reduce(
            JavaPairRDD<Integer, SliceAverage.Part> slices, SliceBlocks averages, CostCounter costs) {
        return slices.mapPartitions(arriving -> {
            SliceAverage average = average(arriving, costs);
            averages.put(average.slice(), average.values());
            return List.of(average.summary()).iterator();
        });
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

    private static List<WorkerReport> reports(
            List<? extends RoundTask<?>> tasks, List<Participant> participants, List<SliceAverage.Summary> averages) {
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

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
