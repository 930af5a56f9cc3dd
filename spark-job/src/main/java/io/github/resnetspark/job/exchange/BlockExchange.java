package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.ExchangeNotices;
import io.github.resnetspark.message.job.TrainingReasons;
import io.github.resnetspark.spark.Attempts;
import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.ExecutorLoss;
import io.github.resnetspark.spark.TaskFailedException;
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
 * An {@link Exchange} through the blocks of Spark's executors: an all-reduce that passes the driver by.
 *
 * <p>Parameters and updater state travel as one vector, cut into some slices for each reducer; each worker sends
 * every slice through a shuffle to its reducer, which sums in worker order. The averages stay where they were reduced, and
 * the workers of the next round read them from there, each all of them: together that is a reduce-scatter and an
 * all-gather (Thakur et al. 2005). The driver receives one state while the next round is under way, and sends one only
 * where the executors do not have it: at the start, after an outer step, and after a loss. So it moves at most two,
 * however many workers there are.
 */
final class BlockExchange<C extends RoundTask.Context> implements Exchange<C> {
    private static final Logger LOG = LoggerFactory.getLogger(BlockExchange.class);

    private final JavaSparkContext spark;
    private final Broadcast<C> run;
    private final Placement places = new Placement();
    private final StateCollector collector;
    /** What the last round began with: broadcasts that Java's garbage collector finds while they are removed, Spark removes again. */
    @SuppressWarnings("UnusedVariable") // Held, not read.
    private Optional<SpreadState> begunWith = Optional.empty();
    /** What it ended with, for the next round. */
    private Optional<SpreadState> standing = Optional.empty();
    /** What rounds left that failed: a task that had not yet noticed may have put a slice there after they were removed. */
    private final List<SliceBlocks> givenUp = new ArrayList<>();

    /**
     * For the rounds of a run, one after another.
     *
     * @throws LinkageError if this Spark is not made of what this needs
     */
    BlockExchange(JavaSparkContext spark, C context) {
        SliceBlocks.requireLinks(spark);
        this.spark = spark;
        this.collector = new StateCollector(spark, context.slices(), context.moments());
        this.run = spark.broadcast(context);
    }

    /**
     * What tasks lose with an executor the driver lends to them; where that does not save the round, it is begun again from the
     * driver's copy.
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
                // Of the round before, which had to be repeated for this one.
                throw e;
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
                String loss = loss(from, e).orElseThrow(() -> TaskFailedException.of(e, "Training"));
                attempts.lost(loss);
                from = from.onlyOnDriver();
                LOG.warn(ExchangeNotices.repeatsFromDriver(loss));
            }
        }
    }

    /** What was lost with executors; nothing where a round failed for another reason. */
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
            // Else a round's state times its workers stays on the executors' disks until the driver collects garbage.
            reduction.cleanShuffleDependencies(false);
            places.note(SliceAverage.placed(summaries));
            // The driver has had the whole round to get it.
            float[] centre = start.means(run.value().moments());
            SpreadState next = SpreadState.averaged(averages, centre);
            standing = Optional.of(next);
            made = Optional.empty();
            done = true;
            return new Result(
                    AveragedState.of(collector.collect(next), next, () -> again(start, tasks)),
                    SliceAverage.reports(tasks, summaries),
                    RoundTimes.of(
                            seconds(begin, spread),
                            seconds(spread, reduced),
                            costs.value(),
                            reduction.getNumPartitions(),
                            run.value().slices().bytes()));
        } finally {
            removeGivenUp();
            made.ifPresent(this::giveUp);
            start.settle();
            state.close();
            if (!done) {
                // The driver may yet lend what it began with.
                giveUp(state.slices());
            }
            begunWith = Optional.of(state);
        }
    }

    private SpreadState fromDriver(NetworkState state, RoundCosts.Counter costs) {
        // What the last round left there is not what this one begins with.
        standing.ifPresent(SpreadState::close);
        StateSlices cut = run.value().slices();
        List<RawFloats> values = IntStream.range(0, cut.count())
                .parallel()
                .mapToObj(slice -> cut.cut(state, slice))
                .toList();
        SliceBlocks slices = SliceBlocks.create(spark, cut.count());
        // Each will have one holder, which may go before anybody has read it.
        collector.keep(slices, values);
        try {
            return SpreadState.fromDriver(spark, values, slices, places, costs);
        } catch (Throwable e) { // Spark's checked ones too, which it does not declare.
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

    /** Repeats a round of which executors lost the average, until the driver has it. */
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
     * Has the executors train, average, and keep the averages. Their tasks wait for what is lost, each for itself, in case that
     * the driver has a copy to lend; where it has none, they need not.
     */
    private static List<SliceAverage.Summary> summaries(ReductionRdd reduction, AveragedState start)
            throws ExecutionException {
        // From here on there is a job to give up, which there is not yet when collect() has only been called.
        JavaFutureAction<List<SliceAverage.Summary>> job = reduction.toJavaRDD().collectAsync();
        start.whenLost(() -> job.cancel(true));
        try {
            return job.get();
        } catch (InterruptedException e) {
            job.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The training thread was interrupted.", e);
        }
    }

    /** Ends the rounds: what the last one ended with is on the driver, or lost. */
    @Override
    public void close() {
        try {
            collector.close();
            removeGivenUp();
            standing.ifPresent(SpreadState::close);
        } finally {
            run.destroy();
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
