package io.github.resnetspark.storage;

import io.github.resnetspark.failure.FailureException;

/** A place that cannot be used as it is; the message is a sentence on what is wrong and one on what to do. */
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
