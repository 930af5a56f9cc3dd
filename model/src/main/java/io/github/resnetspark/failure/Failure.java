package io.github.resnetspark.failure;

import java.util.List;

/**
 * An exception whose message is for the user who gave the command: what is wrong, and what to do. It is an interface because
 * checked and unchecked exceptions implement it. Failures cross Spark, so their fields must be Java-serializable.
 */
public interface Failure {
    /** Where the cause of a failure is. It decides the exit code. */
    enum Kind {
        /** Nothing was started: the command line, the recipe or a file that they name is wrong and must be corrected. */
        USAGE,
        /** Data that was read is damaged, or a computed value is NaN or infinite. */
        DATA,
        /** Disks, network, permissions, executors or another run: the same command may succeed later. */
        ENVIRONMENT,
        /** The run was stopped, by a signal or by interrupting a thread. */
        INTERRUPTED
    }

    /** The message, with one line for each problem. */
    String getMessage();

    /** The kind of failure. */
    Kind kind();

    /** All problems in the order in which they were found; empty if the message is blank. */
    default List<Problem> problems() {
        String message = getMessage();
        return message == null || message.isBlank() ? List.of() : List.of(Problem.of(message));
    }

    /** The messages of the {@link #problems}. */
    default List<String> sentences() {
        return problems().stream().map(Problem::message).toList();
    }

    /**
     * Whether each problem is shown on one line with line breaks escaped. True for problems that contain names of untrusted files,
     * which may contain line breaks.
     */
    default boolean isOneLineEach() {
        return false;
    }
}
