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
     * @return the task's own exception if it is one of this project, else one with the innermost cause in its message
     */
    public static RuntimeException of(Throwable thrown, String doing) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isOurs(cause)) {
            cause = cause.getCause();
        }
        return isOurs(cause)
                ? (RuntimeException) cause
                : new IllegalStateException(
                        doing + " failed: " + cause + ". Look at the logs of Spark's executors.", thrown);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof RuntimeException && thrown.getClass().getName().startsWith(OURS);
    }
}
