package io.github.resnetspark.job.run;

import io.github.resnetspark.message.job.TrainingNotices;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Spark jobs that can be repeated later, and cancels them as soon as a condition is true. */
final class StoppableJobs {
    private static final Logger LOG = LoggerFactory.getLogger(StoppableJobs.class);
    static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final JavaSparkContext spark;

    StoppableJobs(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** The work was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cancelled(Throwable cause) {
            super("The work was cancelled before it was done.", cause);
        }
    }

    /**
     * Runs work that submits Spark jobs.
     *
     * @param shouldCancel checked before the work starts, and then regularly by another thread
     * @param work submits its jobs on this thread
     * @throws Cancelled if the work was cancelled, or not started
     */
    <T> T run(BooleanSupplier shouldCancel, Supplier<T> work) {
        if (shouldCancel.getAsBoolean()) {
            throw new Cancelled(null);
        }
        String tag = "stoppable-" + UUID.randomUUID();
        AtomicBoolean cancelled = new AtomicBoolean();
        Timer timer = new Timer("stoppable-jobs", true);
        spark.addJobTag(tag);
        try {
            timer.schedule(check(shouldCancel, tag, cancelled), POLL_INTERVAL.toMillis(), POLL_INTERVAL.toMillis());
            return work.get();
        } catch (RuntimeException e) {
            if (cancelled.get()) {
                throw new Cancelled(e);
            }
            throw e;
        } finally {
            timer.cancel();
            spark.removeJobTag(tag);
        }
    }

    /** Cancels repeatedly, because the work may submit another job right after. */
    private TimerTask check(BooleanSupplier shouldCancel, String tag, AtomicBoolean cancelled) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    if (shouldCancel.getAsBoolean()) {
                        cancelled.set(true);
                        spark.cancelJobsWithTag(tag);
                    }
                } catch (RuntimeException e) {
                    LOG.debug(TrainingNotices.jobsNotCancelled(), e);
                }
            }
        };
    }
}
