package io.github.resnetspark.failure;

import java.util.List;

/**
 * An exception whose message is for whoever gave the command: a sentence with what is wrong and one with what to do. It is an
 * interface since checked and unchecked exceptions are. Failures cross Spark, so what they hold is Java-serializable.
 */
public interface Failure {
    /** Whose turn it is when something failed. */
    enum Kind {
        /** Nothing was begun: the command line, the recipe or what they point at is wrong and must be corrected. */
        USAGE,
        /** What was read or computed on the way is damaged, or is no numbers. */
        DATA,
        /** Disks, network, permissions, executors or another run are in the way: later the same command may do. */
        ENVIRONMENT,
        /** Somebody asked for the end, by a signal or by interrupting a thread. */
        INTERRUPTED
    }

    /** As of any exception; several problems are several lines. */
    String getMessage();

    /** What kind of failure it is. */
    Kind kind();

    /** All that is wrong, in the order in which it was met; empty if the message says nothing. */
    default List<Problem> problems() {
        String message = getMessage();
        return message == null || message.isBlank() ? List.of() : List.of(Problem.of(message));
    }

    /** The messages of the {@link #problems}. */
    default List<String> sentences() {
        return problems().stream().map(Problem::message).toList();
    }

    /**
     * Whether a problem is shown on one line, whatever stands in it: where it names files of others, since in such a name a line break
     * is no end of a line.
     */
    default boolean isOneLineEach() {
        return false;
    }
}
