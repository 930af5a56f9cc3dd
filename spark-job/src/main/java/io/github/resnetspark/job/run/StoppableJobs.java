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
    static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final JavaSparkContext spark;

    StoppableJobs(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** The work was cancelled. */
    static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp(Throwable cause) {
            super("The work was cancelled before it was done.", cause);
        }
    }

    /**
     * Runs work that submits Spark jobs.
     *
     * @param toGiveUp checked before the work starts, and then regularly by another thread
     * @param work submits its jobs on this thread
     * @throws GivenUp if the work was cancelled, or not started
     */
    <T> T run(BooleanSupplier toGiveUp, Supplier<T> work) {
        if (toGiveUp.getAsBoolean()) {
            throw new GivenUp(null);
        }
        String tag = "stoppable-" + UUID.randomUUID();
        AtomicBoolean cancelled = new AtomicBoolean();
        Timer looks = new Timer("stoppable-jobs", true);
        spark.addJobTag(tag);
        try {
            looks.schedule(look(toGiveUp, tag, cancelled), LOOK_AGAIN.toMillis(), LOOK_AGAIN.toMillis());
            return work.get();
        } catch (RuntimeException e) {
            if (cancelled.get()) {
                throw new GivenUp(e);
            }
            throw e;
        } finally {
            looks.cancel();
            spark.removeJobTag(tag);
        }
    }

    /** Cancels repeatedly, because the work may submit another job right after. */
    private TimerTask look(BooleanSupplier toGiveUp, String tag, AtomicBoolean cancelled) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    if (toGiveUp.getAsBoolean()) {
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
