package io.github.resnetspark.spark;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.message.data.SparkFailures;

/**
 * A job that failed in a Spark task. The message is for users. If the task threw a {@link Failure}, this exception has
 * its message and has it as the cause.
 */
public final class TaskFailedException extends FailureException {
    private static final long serialVersionUID = 1L;

    private TaskFailedException(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }

    /**
     * Converts an exception from Spark to the one to throw on the driver.
     *
     * @param thrown by Spark
     * @param doing what failed, such as "Writing shards"
     * @return an exception with the message of the task's own exception if that is an unchecked {@link Failure},
     *     else with a known explanation, else with the innermost cause
     */
    public static TaskFailedException of(Throwable thrown, String doing) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isUncheckedFailure(cause)) {
            cause = cause.getCause();
        }
        if (isUncheckedFailure(cause)) {
            return new TaskFailedException(kindInTask(((Failure) cause).kind()), cause.getMessage(), cause);
        }
        String unknown = cause.toString();
        String message = KnownFailure.explain(thrown)
                .map(explanation -> SparkFailures.known(doing, explanation))
                .orElseGet(() -> SparkFailures.unknown(doing, unknown));
        return new TaskFailedException(Kind.ENVIRONMENT, message, thrown);
    }

    /** Checked failures are for callers that expect them. If none caught it, its type and the logs say more. */
    private static boolean isUncheckedFailure(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown instanceof Failure;
    }

    /** Input is checked before the job starts. If a task refuses it, it was damaged since then. */
    private static Kind kindInTask(Kind kind) {
        return kind == Kind.USAGE ? Kind.DATA : kind;
    }
}
