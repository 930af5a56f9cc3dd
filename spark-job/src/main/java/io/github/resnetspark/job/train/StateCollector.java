package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.StateSlices;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings averages from the executors to the driver while the next round is under way. A job of Spark's could not: its tasks
 * would wait for the slots that train.
 *
 * <p>Where an executor is lost, the driver lends its copies of the slices to the tasks that have yet to read them: those that it
 * collected, or those that it spread itself.
 */
final class StateCollector extends SparkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateCollector.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "state-collector");
        thread.setDaemon(true);
        return thread;
    });
    private final JavaSparkContext spark;
    private final BatchNormMoments moments;
    /** For two states in turn: who asks for one does so before the round after the next has ended. */
    private final List<CollectedState> memory;

    private int turn;
    /** Slices of what was collected last, as far as they came, or spread. Only the collector's thread uses it. */
    private final Map<Integer, RawFloats> copies = new HashMap<>();

    /** Where they are from. */
    private SliceBlocks origin;

    private boolean lent;

    /** Of states that are cut like this. */
    StateCollector(JavaSparkContext spark, StateSlices cut, BatchNormMoments moments) {
        this.spark = spark;
        this.moments = moments;
        this.memory = List.of(new CollectedState(cut), new CollectedState(cut));
        spark.sc().addSparkListener(this);
    }

    /** Begins to collect a state. */
    CompletableFuture<DriverState> collect(SpreadState spread) {
        return CompletableFuture.supplyAsync(() -> state(spread), thread);
    }

    /**
     * Keeps what the driver is about to spread, until it collects another state.
     *
     * @param slices where its slices will lie
     * @param values theirs, in their order
     */
    void keep(SliceBlocks slices, List<RawFloats> values) {
        thread.execute(() -> {
            turnTo(slices);
            for (int slice = 0; slice < values.size(); slice++) {
                copies.put(slice, values.get(slice));
            }
        });
    }

    private void turnTo(SliceBlocks slices) {
        if (lent) {
            copies.keySet().forEach(slice -> origin.remove(slice));
            lent = false;
        }
        copies.clear();
        origin = slices;
    }

    private DriverState state(SpreadState spread) {
        turnTo(spread.slices());
        CollectedState next = memory.get(turn);
        turn = 1 - turn;
        List<Integer> missing = fetched(next.overwrite());
        if (!missing.isEmpty()) {
            throw new LostSliceException(origin.id(missing.get(0)).name() + " is no longer on any executor");
        }
        return next.average(moments, spread.centre().orElseThrow());
    }

    private List<Integer> fetched(List<RawFloats> memory) {
        List<Integer> all = IntStream.range(0, memory.size()).boxed().toList();
        try {
            return origin.read(all, (slice, values) -> {
                memory.get(slice).set(values);
                copies.put(slice, memory.get(slice));
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the rounds were ended", e);
        }
    }

    @Override
    public void onBlockManagerRemoved(SparkListenerBlockManagerRemoved removed) {
        try {
            thread.execute(this::lend);
        } catch (RejectedExecutionException e) {
            LOG.debug("an executor went when the rounds had ended", e);
        }
    }

    private void lend() {
        lent = true;
        copies.forEach((slice, values) -> {
            try {
                origin.put(slice, values);
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
                LOG.warn("{}; tasks that need it begin their round again.", e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(this);
        thread.shutdownNow();
        try {
            // What it lends is removed after this.
            if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the collector is still at work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
