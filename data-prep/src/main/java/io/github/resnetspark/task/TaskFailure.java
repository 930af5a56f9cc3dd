package io.github.resnetspark.task;

/** Finds, in what Spark throws when a task has failed, the sentence that the task meant for the user. */
public final class TaskFailure {
    private static final String OURS = "io.github.resnetspark.";

    private TaskFailure() {}

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
