package io.github.resnetspark.job.retrain;

import io.github.resnetspark.failure.FailureException;

/** A file of an earlier run that is not what was written, so that nothing is begun; the message names it and says what to do. */
public final class DamagedRunException extends FailureException {
    private static final long serialVersionUID = 1;

    DamagedRunException(String message, Throwable cause) {
        super(Kind.USAGE, message, cause);
    }
}
