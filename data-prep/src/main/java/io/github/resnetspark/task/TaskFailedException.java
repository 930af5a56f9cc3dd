package io.github.resnetspark.task;

/**
 * A run that had begun and failed in a task. The message is for the user; where the task threw an exception of this
 * project, it is that one's message and the cause is that exception.
 */
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.github.resnetspark.";

    private TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What to throw on the driver instead.
     *
     * @param thrown by Spark
     * @param doing what was being done, such as «Writing shards»
     * @return with the message of the task's own exception if it is one of this project; else with what is known of the
     *     failure, or with the innermost cause in it
     */
    public static TaskFailedException of(Throwable thrown, String doing) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isOurs(cause)) {
            cause = cause.getCause();
        }
        if (isOurs(cause)) {
            return new TaskFailedException(cause.getMessage(), cause);
        }
        String why = KnownFailure.explain(thrown).orElse(cause + ". Look at the logs of Spark's executors.");
        return new TaskFailedException(doing + " failed: " + why, thrown);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown.getClass().getName().startsWith(OURS);
    }
}
