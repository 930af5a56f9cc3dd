package io.github.resnetspark.weights;

import io.github.resnetspark.failure.Failure;
import java.io.IOException;

/** A weight file cannot be used. The message says what is wrong and what to do. */
public final class WeightsFormatException extends IOException implements Failure {
    private static final long serialVersionUID = 1;

    WeightsFormatException(String message) {
        super(message);
    }

    WeightsFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Kind kind() {
        return Kind.USAGE;
    }
}
