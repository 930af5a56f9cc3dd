package io.github.resnetspark.job.registry;

/** A registry that cannot be changed as asked; the message says why and what to do. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
