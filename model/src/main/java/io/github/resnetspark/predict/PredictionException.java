package io.github.resnetspark.predict;

/** A prediction that cannot be made, whatever the picture: one sentence with what is wrong and one with the remedy. */
public final class PredictionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PredictionException(String message) {
        super(message);
    }

    PredictionException(String message, Throwable cause) {
        super(message, cause);
    }
}
