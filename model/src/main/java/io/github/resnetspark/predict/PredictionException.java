package io.github.resnetspark.predict;

import io.github.resnetspark.failure.FailureException;

/** The model cannot classify any picture. The message says what is wrong and what to do. */
public final class PredictionException extends FailureException {
    private static final long serialVersionUID = 1;

    PredictionException(Kind kind, String message) {
        super(kind, message);
    }

    PredictionException(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }
}
