package io.github.resnetspark.job.run;

/** A run that cannot go on; the message says why and what to change. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingException(String message) {
        super(message);
    }

    TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
