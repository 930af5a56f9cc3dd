package io.github.resnetspark.failure;

/** A {@link Failure} that nobody need declare. It is thrown itself where no caller tells it from others. */
public class FailureException extends RuntimeException implements Failure {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * A failure.
     *
     * @param kind whose turn it is
     * @param message a sentence with what is wrong and one with what to do
     */
    public FailureException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The same with what brought it about. */
    public FailureException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public final Kind kind() {
        return kind;
    }
}
