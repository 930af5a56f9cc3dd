package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.ExchangeNotices;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches averages from the executors to the driver during the next round. A Spark job could not do that, because its
 * tasks would wait for the slots that are training.
 *
 * <p>If an executor is lost, the driver lends its copies of the slices, collected or spread by itself, to the tasks
 * that have not yet read them.
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
    /** Buffers for two states in turn. Each state must be requested before the end of the round after the next one. */
    private final List<Memory> memory;

    /** Ends the pause before the transfer of the newest state. */
    private volatile CompletableFuture<Void> pauseEnd = new CompletableFuture<>();

    private int turn;
    /**
     * Slices of the state that was collected or spread last, as far as they are here. Used only by the collector's
     * thread.
     */
    private final Map<Integer, RawFloats> copies = new HashMap<>();

    /** The state that the copies belong to. */
    private SliceBlocks origin;

    private boolean lent;

    /** For states with these slices. */
    StateCollector(JavaSparkContext spark, StateSlices cut, BatchNormMoments moments) {
        this.spark = spark;
        this.moments = moments;
        this.memory = List.of(new Memory(cut), new Memory(cut));
        spark.sc().addSparkListener(this);
    }

    /**
     * Collects a state after a pause, in which the workers read it: they wait for it, and the driver does not. The pause
     * ends early if somebody asks for the state, or if an executor is lost.
     */
    Collecting collect(SpreadState spread, Duration pause) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        pauseEnd = end;
        return new Collecting(
                end.completeOnTimeout(null, pause.toMillis(), TimeUnit.MILLISECONDS)
                        .thenApplyAsync(paused -> state(spread), thread),
                () -> end.complete(null));
    }

    /**
     * Keeps the slices that the driver is about to spread, until it collects another state.
     *
     * @param slices where they will be stored
     * @param values their values, in order
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
            copies.keySet().forEach(slice -> origin.takeBack(slice));
            lent = false;
        }
        copies.clear();
        origin = slices;
    }

    private AveragedState.OnDriver state(SpreadState spread) {
        turnTo(spread.slices());
        Memory next = memory.get(turn);
        turn = 1 - turn;
        List<Integer> missing = fetched(next.overwrite());
        if (!missing.isEmpty()) {
            throw SliceBlocks.LostSliceException.of(origin, missing.get(0));
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
            throw new IllegalStateException("Collecting an average was interrupted.", e);
        }
    }

    @Override
    public void onBlockManagerRemoved(SparkListenerBlockManagerRemoved removed) {
        pauseEnd.complete(null);
        try {
            thread.execute(this::lend);
        } catch (RejectedExecutionException e) {
            LOG.debug(ExchangeNotices.executorLostAfterEnd(), e);
        }
    }

    private void lend() {
        lent = true;
        copies.forEach((slice, values) -> {
            try {
                origin.lend(slice, values);
            } catch (Exception e) { // Spark throws undeclared checked exceptions.
                LOG.warn(ExchangeNotices.notLent(e.getMessage()));
            }
        });
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(this);
        thread.shutdownNow();
        try {
            // The caller removes the lent slices after this.
            if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug(ExchangeNotices.collectorStillRuns());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A reusable buffer for a state that arrives slice by slice. Allocating a new one for each state would keep the
     * driver's garbage collector busier than the driver itself.
     */
    static final class Memory {
        private final StateSlices cut;
        private final List<RawFloats> slices;
        /** Number of states that have used this buffer. */
        private final AtomicInteger turn = new AtomicInteger();

        /** For states with these slices. */
        Memory(StateSlices cut) {
            this.cut = cut;
            this.slices = IntStream.range(0, cut.count())
                    .mapToObj(slice -> RawFloats.zeros(cut.slices().size(slice)))
                    .toList();
        }

        /** Hands out the buffer, slice by slice, for the next state. The previous state becomes invalid. */
        List<RawFloats> overwrite() {
            turn.incrementAndGet();
            return slices;
        }

        /**
         * The collected average, which is valid until the buffer is overwritten.
         *
         * @param centre the means around which its second moments were computed
         */
        AveragedState.OnDriver average(BatchNormMoments moments, float[] centre) {
            int mine = turn.get();
            return new AveragedState.OnDriver() {
                @Override
                public NetworkState network() {
                    NetworkState state = cut.join(slices);
                    moments.toVariances(FloatBuffer.wrap(state.parameters()), centre);
                    requireTurn(mine);
                    return state;
                }

                @Override
                public float[] means(BatchNormMoments ofThese) {
                    float[] means = ofThese.means((from, to, at, count) -> cut.parameters(slices, from, to, at, count));
                    requireTurn(mine);
                    return means;
                }
            };
        }

        private void requireTurn(int mine) {
            if (turn.get() != mine) {
                throw new IllegalStateException("The average of a round was requested after two more rounds.");
            }
        }
    }
}
