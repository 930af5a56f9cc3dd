package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.recipe.ClusterSettings;
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
 * Says how many workers share the next round: as many as there are task slots, within bounds. Where both bounds are the
 * same it is always that number, and Spark makes tasks wait for slots.
 */
public final class WorkerSupply {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupply.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(30);

    private final int min;
    private final int max;
    private final Duration wait;
    private final IntSupplier slots;
    private final LongSupplier nanoTime;

    WorkerSupply(int min, int max, Duration wait, IntSupplier slots, LongSupplier nanoTime) {
        this.min = min;
        this.max = max;
        this.wait = wait;
        this.slots = slots;
        this.nanoTime = nanoTime;
    }

    /** Always so many. */
    public static WorkerSupply fixed(int workers) {
        return new WorkerSupply(workers, workers, Duration.ZERO, () -> workers, System::nanoTime);
    }

    /**
     * As many as Spark has slots, within a recipe's bounds.
     *
     * @param cluster which also says how long to wait for the least, before the run fails
     */
    static WorkerSupply of(JavaSparkContext spark, ClusterSettings cluster) {
        return new WorkerSupply(
                cluster.minWorkers(),
                cluster.maxWorkers(),
                cluster.waitForWorkers(),
                () -> TaskSlots.of(spark),
                System::nanoTime);
    }

    /** Whether Spark has no slot at all, so that nothing goes on. */
    boolean isWithoutSlots() {
        return slots.getAsInt() == 0;
    }

    /**
     * How many share the next round; waits where there are too few.
     *
     * @param whileWaiting is run at least once where it waits, then again and again, and may end the wait by throwing
     * @throws FailureException if there are too few for too long
     */
    int workers(Runnable whileWaiting) {
        if (min == max) {
            return min;
        }
        int there = slots.getAsInt();
        long begin = nanoTime.getAsLong();
        long told = begin - TELL_AGAIN.toNanos();
        while (there < min) {
            whileWaiting.run();
            long now = nanoTime.getAsLong();
            if (now - begin >= wait.toNanos()) {
                throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.tooFewSlots(min, there, wait));
            }
            if (now - told >= TELL_AGAIN.toNanos()) {
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
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The wait for task slots was interrupted.", e);
        }
    }
}
