package io.github.resnetspark.task;

/** Work that was begun several times and lost executors every time; the message says what to look at. */
public final class ExecutorsLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public ExecutorsLostException(String message) {
        super(message);
    }
}
