package io.github.resnetspark.job.exchange;

/** A slice of a state was lost with the executors that had it. */
final class LostSliceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostSliceException(String message) {
        super(message);
    }

    /** Whether a round failed for that. */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // What fails in an executor arrives as text where it cannot be deserialized.
            if (cause instanceof LostSliceException
                    || String.valueOf(cause.getMessage()).contains(LostSliceException.class.getName())) {
                return true;
            }
        }
        return false;
    }
}
