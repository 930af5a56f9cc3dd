package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.exchange.Spares;
import io.github.resnetspark.job.recipe.ClusterSettings;
import io.github.resnetspark.job.replica.FitTask;
import io.github.resnetspark.job.replica.WarmUp;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.spark.TaskSlots;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines the number of workers of the next round: the number of task slots, within bounds. If both bounds are
 * equal, it is always that number, and Spark lets tasks wait for slots. Slots beyond the upper bound are spares.
 */
public final class WorkerSupply {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupply.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration WARN_INTERVAL = Duration.ofSeconds(30);

    private final int min;
    private final int max;
    private final Duration wait;
    private final IntSupplier slots;
    private final LongSupplier nanoTime;
    private final int spares;

    WorkerSupply(int min, int max, Duration wait, IntSupplier slots, LongSupplier nanoTime) {
        this(min, max, wait, slots, nanoTime, 0);
    }

    private WorkerSupply(int min, int max, Duration wait, IntSupplier slots, LongSupplier nanoTime, int spares) {
        this.min = min;
        this.max = max;
        this.wait = wait;
        this.slots = slots;
        this.nanoTime = nanoTime;
        this.spares = spares;
    }

    /** Always the same number. */
    public static WorkerSupply fixed(int workers) {
        return new WorkerSupply(workers, workers, Duration.ZERO, () -> workers, System::nanoTime);
    }

    /**
     * The number of task slots that Spark has, within a recipe's bounds.
     *
     * @param cluster contains the bounds, and how long to wait for the lower one before the run fails
     */
    static WorkerSupply of(JavaSparkContext spark, ClusterSettings cluster) {
        return new WorkerSupply(
                cluster.minWorkers(),
                cluster.maxWorkers(),
                cluster.waitForWorkers(),
                () -> TaskSlots.of(spark),
                System::nanoTime,
                cluster.spares());
    }

    /** The same, with this number of spare slots that are kept warm at most. */
    WorkerSupply withSpares(int count) {
        return new WorkerSupply(min, max, wait, slots, nanoTime, count);
    }

    /** The slots that no round needs. */
    Spares<FitTask.Context> spares(FitTask warmUp) {
        return new Spares<>(spares, max, new WarmUp(warmUp));
    }

    /** Whether Spark has no task slot at all. */
    boolean isWithoutSlots() {
        return slots.getAsInt() == 0;
    }

    /**
     * The number of workers of the next round. Waits while there are too few slots.
     *
     * @param whileWaiting is called at least once if this waits, then repeatedly, and may end the wait by throwing
     * @throws FailureException if there are too few slots for too long
     */
    int workers(Runnable whileWaiting) {
        if (min == max) {
            return min;
        }
        int there = slots.getAsInt();
        long begin = nanoTime.getAsLong();
        long told = begin - WARN_INTERVAL.toNanos();
        while (there < min) {
            whileWaiting.run();
            long now = nanoTime.getAsLong();
            if (now - begin >= wait.toNanos()) {
                throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.tooFewSlots(min, there, wait));
            }
            if (now - told >= WARN_INTERVAL.toNanos()) {
                told = now;
                LOG.warn(TrainingNotices.waitsForSlots(min, there, wait));
            }
            sleep();
            there = slots.getAsInt();
        }
        return Math.min(there, max);
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The wait for task slots was interrupted.", e);
        }
    }
}
