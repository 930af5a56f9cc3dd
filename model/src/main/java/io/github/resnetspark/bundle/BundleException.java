package io.github.resnetspark.bundle;

import io.github.resnetspark.failure.Failure;
import java.io.IOException;

/** A model directory cannot be read or written. The message says what is wrong and what to do. */
public final class BundleException extends IOException implements Failure {
    private static final long serialVersionUID = 1;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Kind kind() {
        return Kind.USAGE;
    }
}
