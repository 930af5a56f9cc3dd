package io.github.resnetspark.job.replica;

/** A task that cannot work with what Spark gave it; the message says what to change. */
public final class WorkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorkerException(String message) {
        super(message);
    }
}
