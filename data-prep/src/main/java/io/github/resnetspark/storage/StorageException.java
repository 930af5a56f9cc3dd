package io.github.resnetspark.storage;

/** A place that cannot be used as it is; the message is a sentence on what is wrong and one on what to do. */
public class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(message);
    }
}
