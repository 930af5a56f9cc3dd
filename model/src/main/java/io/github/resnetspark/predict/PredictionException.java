package io.github.resnetspark.predict;

import io.github.resnetspark.failure.FailureException;

/** A prediction that cannot be made, whatever the picture: one sentence with what is wrong and one with the remedy. */
public final class PredictionException extends FailureException {
    private static final long serialVersionUID = 1;

    PredictionException(Kind kind, String message) {
        super(kind, message);
    }

    PredictionException(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }
}
