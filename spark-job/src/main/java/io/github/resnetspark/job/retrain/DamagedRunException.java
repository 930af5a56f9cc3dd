package io.github.resnetspark.job.retrain;

/** A file of a run that is not what was written; the message names it and says what to do. */
public final class DamagedRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
