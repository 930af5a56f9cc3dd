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
     * @return with the message of the task's own exception if it is one of this project, else with the innermost cause in it
     */
    public static TaskFailedException of(Throwable thrown, String doing) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isOurs(cause)) {
            cause = cause.getCause();
        }
        return isOurs(cause)
                ? new TaskFailedException(cause.getMessage(), cause)
                : new TaskFailedException(
                        doing + " failed: " + cause + ". Look at the logs of Spark's executors.", thrown);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown.getClass().getName().startsWith(OURS);
    }
}
