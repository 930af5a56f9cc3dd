package io.github.resnetspark.job.retrain;

/** A retraining that could not be done; the message says why and what to do. */
public final class RetrainException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RetrainException(String message) {
        super(message);
    }

    RetrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
