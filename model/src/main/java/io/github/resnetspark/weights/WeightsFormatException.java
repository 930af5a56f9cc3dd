package io.github.resnetspark.weights;

import io.github.resnetspark.failure.Failure;
import java.io.IOException;

/** A weight file that cannot be used: one sentence with what is wrong with it and one with the remedy. */
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
