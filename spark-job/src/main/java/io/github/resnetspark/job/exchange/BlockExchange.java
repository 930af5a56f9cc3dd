package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.ExchangeNotices;
import io.github.resnetspark.message.job.TrainingReasons;
import io.github.resnetspark.spark.Attempts;
import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.ExecutorLoss;
import io.github.resnetspark.spark.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link Exchange} through the block managers of Spark's executors: an all-reduce that bypasses the driver.
 *
 * <p>Parameters and updater state are sent as one vector, split into one or more slices for each reducer. Each worker
 * sends every slice through a shuffle to its reducer, which sums the slices in worker order. The averages stay where
 * they were reduced, and every worker of the next round reads all of them from there. Together this is a reduce-scatter
 * and an all-gather (Thakur et al. 2005). The driver receives one state during the next round. It sends a state only if
 * the executors do not have it: at the start, after an outer step, and after a loss. So it transfers at most two states
 * per round, for any number of workers.
 */
final class BlockExchange<C extends RoundTask.Context> implements Exchange<C> {
    private static final Logger LOG = LoggerFactory.getLogger(BlockExchange.class);

    private final JavaSparkContext spark;
    private final Broadcast<C> run;
    private final Placement places = new Placement();
    private final StateCollector collector;
    private final WarmSpares<C> spares;
    /**
     * State at the start of the last round. If its broadcasts were garbage-collected while they are being removed,
     * Spark would remove them a second time.
     */
    @SuppressWarnings("UnusedVariable") // Only keeps a reference.
    private Optional<SpreadState> lastStart = Optional.empty();
    /** State at the end of the last round, for the next one. */
    private Optional<SpreadState> lastAverage = Optional.empty();
    /**
     * Slices of failed rounds. A task that had not yet noticed the failure may have stored one after they were removed.
     */
    private final List<SliceBlocks> givenUp = new ArrayList<>();

    /**
     * For all rounds of a run.
     *
     * @throws LinkageError if this version of Spark lacks internals that this needs
     */
    BlockExchange(JavaSparkContext spark, C context, Spares<C> spares) {
        SliceBlocks.requireLinks(spark);
        this.spark = spark;
        this.collector = new StateCollector(spark, context.slices(), context.moments());
        this.run = spark.broadcast(context);
        this.spares = new WarmSpares<>(spark, run, spares, places);
    }

    /**
     * If an executor is lost, the driver lends its copy of the lost slices to the tasks. If that does not save the
     * round, it is repeated from the driver's copy.
     */
    @Override
    public Result round(AveragedState start, List<? extends RoundTask<C>> tasks) {
        return run(start, tasks, new Attempts(ROUND));
    }

    private Result run(AveragedState start, List<? extends RoundTask<C>> tasks, Attempts attempts) {
        AveragedState from = start;
        while (true) {
            try {
                return from(from, tasks);
            } catch (TaskFailedException | ExecutorsLostException e) {
                // Thrown by the previous round, which had to be repeated for this one.
                throw e;
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
                String loss = loss(from, e).orElseThrow(() -> TaskFailedException.of(e, "Training"));
                attempts.lost(loss);
                from = from.onlyOnDriver();
                LOG.warn(ExchangeNotices.repeatsFromDriver(loss));
            }
        }
    }

    /** What was lost with executors; empty if the round failed for another reason. */
    private static Optional<String> loss(AveragedState start, Exception failure) {
        return start.isLost() || SliceBlocks.LostSliceException.isCauseOf(failure)
                ? Optional.of(TrainingReasons.averageLost())
                : ExecutorLoss.in(failure);
    }

    private Result from(AveragedState start, List<? extends RoundTask<C>> tasks) throws ExecutionException {
        long begin = System.nanoTime();
        RoundCosts.Counter costs = RoundCosts.Counter.register(spark);
        SpreadState state = start.onExecutors().orElseGet(() -> fromDriver(start.get(), costs));
        Optional<SliceBlocks> made = Optional.empty();
        boolean done = false;
        try {
            long spread = System.nanoTime();
            SliceBlocks averages =
                    SliceBlocks.create(spark, run.value().slices().count());
            made = Optional.of(averages);
            ReductionRdd reduction = new ReductionRdd(
                    WorkerRdd.of(spark, state, run, costs, tasks, places), tasks.size(), averages, costs);
            List<SliceAverage.Summary> summaries = summaries(reduction, start);
            long reduced = System.nanoTime();
            // Otherwise the shuffle files, one state per worker, stay on the executors' disks until the driver's next
            // garbage collection.
            reduction.cleanShuffleDependencies(false);
            List<SliceAverage.PlacedReport> placed = SliceAverage.placed(summaries);
            places.note(placed);
            spares.worked(placed);
            // This hardly waits: the driver had the whole round to get it.
            float[] centre = start.means(run.value().moments());
            SpreadState next = SpreadState.averaged(averages, centre);
            lastAverage = Optional.of(next);
            made = Optional.empty();
            done = true;
            List<WorkerReport> reports = SliceAverage.reports(tasks, summaries);
            return new Result(
                    AveragedState.of(collector.collect(next, longestLoad(reports)), next, () -> again(start, tasks)),
                    reports,
                    RoundTimes.of(
                            seconds(begin, spread),
                            seconds(spread, reduced),
                            costs.value().reducer(),
                            costs.value(),
                            reduction.getNumPartitions(),
                            run.value().slices().bytes()));
        } finally {
            removeGivenUp();
            made.ifPresent(this::giveUp);
            start.settle();
            state.close();
            if (!done) {
                // The driver may still lend slices of it.
                giveUp(state.slices());
            }
            lastStart = Optional.of(state);
        }
    }

    /** About the time in which the workers will read the state of the next round. */
    private static Duration longestLoad(List<WorkerReport> reports) {
        double seconds =
                reports.stream().mapToDouble(WorkerReport::loadSeconds).max().orElse(0);
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private SpreadState fromDriver(NetworkState state, RoundCosts.Counter costs) {
        // The average of the last round, on the executors, is not the start of this one.
        lastAverage.ifPresent(SpreadState::close);
        StateSlices cut = run.value().slices();
        List<RawFloats> values = IntStream.range(0, cut.count())
                .parallel()
                .mapToObj(slice -> cut.cut(state, slice))
                .toList();
        SliceBlocks slices = SliceBlocks.create(spark, cut.count());
        // Each slice will be on one executor, which may be lost before a worker has read the slice.
        collector.keep(slices, values);
        try {
            return SpreadState.fromDriver(spark, values, slices, places, costs);
        } catch (Throwable e) { // Includes checked exceptions, which Spark does not declare.
            giveUp(slices);
            throw e;
        }
    }

    private void giveUp(SliceBlocks slices) {
        slices.remove();
        givenUp.add(slices);
    }

    private void removeGivenUp() {
        givenUp.forEach(SliceBlocks::remove);
        givenUp.clear();
    }

    /** Repeats a round whose average was lost with executors, until the driver has it. */
    private NetworkState again(AveragedState start, List<? extends RoundTask<C>> tasks) {
        Attempts attempts = new Attempts(ROUND);
        AveragedState from = start.onlyOnDriver();
        while (true) {
            AveragedState state = run(from, tasks, attempts).state().orFail();
            try {
                return state.get();
            } catch (SliceBlocks.LostSliceException e) {
                attempts.lost(TrainingReasons.averageLost());
                LOG.warn(ExchangeNotices.repeats(TrainingReasons.averageLost()));
            } finally {
                state.onExecutors().ifPresent(SpreadState::close);
            }
        }
    }

    /**
     * Runs the job that trains, averages, and keeps the averages on the executors. Tasks wait for lost slices, because
     * the driver may lend its copy. If the driver has no copy, the job is cancelled.
     */
    private List<SliceAverage.Summary> summaries(ReductionRdd reduction, AveragedState start)
            throws ExecutionException {
        // Unlike collect(), this returns a job that can be cancelled.
        JavaFutureAction<List<SliceAverage.Summary>> job = reduction.toJavaRDD().collectAsync();
        start.whenLost(() -> job.cancel(true));
        // After the job of the round, so that Spark prefers its tasks.
        spares.roundBegan();
        try {
            return job.get();
        } catch (InterruptedException e) {
            job.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The training thread was interrupted.", e);
        } finally {
            spares.roundEnded();
        }
    }

    /** Ends the rounds. The average of the last one is lost unless the driver has it. */
    @Override
    public void close() {
        try {
            spares.close();
            collector.close();
            removeGivenUp();
            lastAverage.ifPresent(SpreadState::close);
        } finally {
            run.destroy();
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
