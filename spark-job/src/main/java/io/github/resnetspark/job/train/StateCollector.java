package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.StateSlices;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings averages from the executors to the driver while the next round is under way. A job of Spark's could not: its tasks
 * would wait for the slots that train.
 *
 * <p>Where an executor is lost, the driver lends its copies of the slices to the tasks that have yet to read them.
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
    private final StateSlices cut;
    private final BatchNormMoments moments;
    /** What was collected last. Only the collector's thread uses it. */
    private final List<RawFloats> collected = new ArrayList<>();

    /** Where they are from. */
    private SliceBlocks origin;

    private boolean lent;

    /** Of states that are cut like this. */
    StateCollector(JavaSparkContext spark, StateSlices cut, BatchNormMoments moments) {
        this.spark = spark;
        this.cut = cut;
        this.moments = moments;
        spark.sc().addSparkListener(this);
    }

    /** Begins to collect a state. */
    CompletableFuture<NetworkState> collect(SpreadState spread) {
        return CompletableFuture.supplyAsync(() -> state(spread), thread);
    }

    private NetworkState state(SpreadState spread) {
        if (lent) {
            for (int slice = 0; slice < collected.size(); slice++) {
                origin.remove(slice);
            }
            lent = false;
        }
        collected.clear();
        origin = spread.slices();
        for (int slice = 0; slice < cut.count(); slice++) {
            collected.add(slice(slice));
        }
        NetworkState state = cut.join(collected);
        spread.centre().ifPresent(centre -> moments.toVariances(FloatBuffer.wrap(state.parameters()), centre));
        return state;
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
        for (int slice = 0; slice < collected.size(); slice++) {
            try {
                origin.put(slice, collected.get(slice));
            } catch (RuntimeException e) {
                LOG.warn("{}; tasks that need it begin their round again.", e.getMessage());
            }
        }
    }

    private RawFloats slice(int slice) {
        try {
            return origin.get(slice)
                    .orElseThrow(
                            () -> new LostSliceException(origin.id(slice).name() + " is no longer on any executor"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the rounds were ended", e);
        }
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
