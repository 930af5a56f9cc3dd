package io.github.resnetspark.source;

import io.github.resnetspark.failure.FailureException;

/** A source that cannot be used; the message is a sentence on what is wrong and one on what to do. */
public final class SourceException extends FailureException {
    private static final long serialVersionUID = 1L;

    /** One that is wrong as it is. */
    public SourceException(String message) {
        this(Kind.USAGE, message);
    }

    /** The same with what it was seen by. */
    public SourceException(String message, Throwable cause) {
        super(Kind.USAGE, message, cause);
    }

    /** One that failed in another way, such as with pictures that turned out to be unusable when all of them were read. */
    public SourceException(Kind kind, String message) {
        super(kind, message);
    }

    @Override
    public boolean isOneLineEach() {
        return true;
    }
}
