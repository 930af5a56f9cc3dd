package io.github.resnetspark.spark;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.data.SparkFailures;

/**
 * Counts how often a piece of work lost its executors, to stop if they die again and again. Within each attempt, Spark
 * itself runs a task up to {@code spark.task.maxFailures} times.
 */
public final class Attempts {
    /** This number of losses in a row is not a coincidence. */
    public static final int MOST = 5;

    private final String work;
    private int lost;

    /** @param work the start of a sentence, such as "A round of averaging" */
    public Attempts(String work) {
        this.work = work;
    }

    /**
     * Records that an attempt lost executors. If this method returns, the work may be repeated.
     *
     * @param how how executors were lost
     * @throws ExecutorsLostException if that was the last attempt
     */
    public void lost(String how) {
        lost++;
        if (lost == MOST) {
            throw new ExecutorsLostException(SparkFailures.executorsLost(work, MOST, how));
        }
    }

    /** Work that lost executors in every attempt. The message says what to check. */
    public static final class ExecutorsLostException extends FailureException {
        private static final long serialVersionUID = 1L;

        /** @param message for the user */
        public ExecutorsLostException(String message) {
            super(Kind.ENVIRONMENT, message);
        }
    }
}
