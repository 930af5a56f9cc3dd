package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.StateSlices;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Brings averages from the executors to the driver while the next round is under way. A job of Spark's could not: its tasks
 * would wait for the slots that train.
 *
 * <p>Where an executor is lost, the driver lends its copies of the slices to the tasks that have yet to read them.
 */
final class StateCollector extends SparkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateCollector.class);
    private static final ClassTag<SliceAverage> TAG = ClassTag$.MODULE$.apply(SliceAverage.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "state-collector");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockManager blocks = SparkEnv.get().blockManager();
    private final JavaSparkContext spark;
    private final StateSlices cut;
    private final BatchNormMoments moments;
    /** What was collected last. Only the collector's thread uses it. */
    private final Map<RDDBlockId, SliceAverage> collected = new LinkedHashMap<>();

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
        int rdd = spread.slices().id();
        if (lent) {
            collected.keySet().forEach(block -> blocks.removeBlock(block, true));
            lent = false;
        }
        collected.clear();
        for (int slice = 0; slice < cut.count(); slice++) {
            RDDBlockId block = new RDDBlockId(rdd, slice);
            collected.put(block, slice(block));
        }
        NetworkState state =
                cut.join(collected.values().stream().map(SliceAverage::values).toList());
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
        collected.forEach(
                (block, slice) -> blocks.putSingle(block, slice, StorageLevel.MEMORY_AND_DISK_SER(), true, TAG));
    }

    private SliceAverage slice(RDDBlockId block) {
        Option<BlockResult> found = blocks.get(block, TAG);
        if (found.isEmpty()) {
            throw new LostSliceException(block.name() + " is no longer on any executor", null);
        }
        return SliceAverage.only(found.get().data());
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(this);
        thread.shutdownNow();
    }
}
