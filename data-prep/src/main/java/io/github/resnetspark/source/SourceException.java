package io.github.resnetspark.source;

import io.github.resnetspark.failure.FailureException;

/** A source that cannot be used. The message says what is wrong and what to do. */
public final class SourceException extends FailureException {
    private static final long serialVersionUID = 1L;

    /** A source that is wrong as it is. */
    public SourceException(String message) {
        this(Kind.USAGE, message);
    }

    /** The same with a cause. */
    public SourceException(String message, Throwable cause) {
        super(Kind.USAGE, message, cause);
    }

    /** A failure of another kind, such as pictures that proved unusable when they were read. */
    public SourceException(Kind kind, String message) {
        super(kind, message);
    }

    @Override
    public boolean isOneLineEach() {
        return true;
    }
}
