package io.github.resnetspark.spark;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.KnownFailure;

/**
 * A run that had begun and failed in a task. The message is for the user; where the task threw a {@link Failure}, it is that one's
 * message and the cause is that exception.
 */
public final class TaskFailedException extends FailureException {
    private static final long serialVersionUID = 1L;

    private TaskFailedException(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }

    /**
     * What to throw on the driver instead.
     *
     * @param thrown by Spark
     * @param doing what was being done, such as «Writing shards»
     * @return with the message of the task's own exception if it is an unchecked {@link Failure}; else with what is known of the
     *     failure, or with the innermost cause in it
     */
    public static TaskFailedException of(Throwable thrown, String doing) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isTold(cause)) {
            cause = cause.getCause();
        }
        if (isTold(cause)) {
            return new TaskFailedException(onTheWay(((Failure) cause).kind()), cause.getMessage(), cause);
        }
        String why = KnownFailure.explain(thrown).orElse(cause + ". Look at the logs of Spark's executors.");
        return new TaskFailedException(Kind.ENVIRONMENT, doing + " failed: " + why, thrown);
    }

    /** Checked ones are for callers who know what they asked for; where none of them caught it, its type and the logs say more. */
    private static boolean isTold(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown instanceof Failure;
    }

    /** What is refused at the start was right then: where a task refuses it, it has been damaged since. */
    private static Kind onTheWay(Kind kind) {
        return kind == Kind.USAGE ? Kind.DATA : kind;
    }
}
