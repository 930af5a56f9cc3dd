package io.github.resnetspark.job.registry;

import io.github.resnetspark.failure.FailureException;

/** A registry that cannot be changed as asked; the message says why and what to do. */
public final class RegistryException extends FailureException {
    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(Kind.ENVIRONMENT, message);
    }

    RegistryException(String message, Throwable cause) {
        super(Kind.ENVIRONMENT, message, cause);
    }
}
