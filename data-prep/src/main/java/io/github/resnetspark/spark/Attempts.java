package io.github.resnetspark.spark;

import io.github.resnetspark.failure.FailureException;

/**
 * Counts how often a piece of work was begun and lost its executors, so that a cluster whose executors die for ever ends it.
 * Before Spark gives up an attempt it has run a task {@code spark.task.maxFailures} times itself.
 */
public final class Attempts {
    /** So many losses in a row are no accident. */
    public static final int MOST = 5;

    private final String work;
    private int lost;

    /** @param work as a sentence begins with it, such as «An averaging round» */
    public Attempts(String work) {
        this.work = work;
    }

    /**
     * Notes that an attempt lost executors. If this returns, the work may be begun again.
     *
     * @param how what was lost
     * @throws ExecutorsLostException if that was the last attempt
     */
    public void lost(String how) {
        lost++;
        if (lost == MOST) {
            throw new ExecutorsLostException(
                    work + " was begun " + MOST + " times and lost executors each time, most recently: "
                            + how + (how.endsWith(".") ? "" : ".")
                            + " Find out in the cluster manager's log why executors die; if they ran out of memory, raise"
                            + " spark.executor.memoryOverhead or lower train.batch-size-per-worker.");
        }
    }

    /** Work that was begun several times and lost executors every time; the message says what to look at. */
    public static final class ExecutorsLostException extends FailureException {
        private static final long serialVersionUID = 1L;

        /** @param message for the user */
        public ExecutorsLostException(String message) {
            super(Kind.ENVIRONMENT, message);
        }
    }
}
