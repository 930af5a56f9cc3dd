package io.github.resnetspark.task;

/**
 * A run that had begun and failed in a task. The message is for the user; where the task threw an exception of this
 * project, it is that one's message and the cause is that exception.
 */
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
