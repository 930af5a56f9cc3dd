package io.github.resnetspark.image;

import io.github.resnetspark.failure.FailureException;

/** A picture cannot be used. The message says why. */
public final class ImageException extends FailureException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(Kind.DATA, message);
    }

    public ImageException(String message, Throwable cause) {
        super(Kind.DATA, message, cause);
    }
}
