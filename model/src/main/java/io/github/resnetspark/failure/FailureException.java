package io.github.resnetspark.failure;

/** An unchecked {@link Failure}. Subclasses exist only for failures that some caller catches by type. */
public class FailureException extends RuntimeException implements Failure {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * Creates a failure.
     *
     * @param kind where the cause is
     * @param message what is wrong, and what to do
     */
    public FailureException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Creates a failure with a cause. */
    public FailureException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public final Kind kind() {
        return kind;
    }
}
