package io.github.resnetspark.storage;

import io.github.resnetspark.failure.FailureException;

/** A location that cannot be used as it is. The message says what is wrong and what to do. */
public final class StorageException extends FailureException {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(Kind.USAGE, message);
    }

    @Override
    public boolean isOneLineEach() {
        return true;
    }
}
