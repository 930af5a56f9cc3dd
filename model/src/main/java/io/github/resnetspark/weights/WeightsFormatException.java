package io.github.resnetspark.weights;

import java.io.IOException;

/** A weight file that cannot be used: one sentence with what is wrong with it and one with the remedy. */
public final class WeightsFormatException extends IOException {
    private static final long serialVersionUID = 1;

    WeightsFormatException(String message) {
        super(message);
    }

    WeightsFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
