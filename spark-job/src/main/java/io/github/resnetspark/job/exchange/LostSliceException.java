package io.github.resnetspark.job.exchange;

import io.github.resnetspark.failure.FailureException;

/** A slice of a state was lost with the executors that had it. */
final class LostSliceException extends FailureException {
    private static final long serialVersionUID = 1;

    LostSliceException(String message) {
        super(Kind.ENVIRONMENT, message);
    }

    /** Whether a round failed for that. */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Spark brings a task's exception to the driver as the cause of its own.
            if (cause instanceof LostSliceException) {
                return true;
            }
        }
        return false;
    }
}
