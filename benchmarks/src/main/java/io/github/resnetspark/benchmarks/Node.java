package io.github.resnetspark.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * A place where processes run.
 *
 * @param address its IP address
 * @param enter the command, with arguments, that runs another command there
 */
record Node(String address, List<String> enter) {
    /** This machine. */
    static final Node HERE = new Node("127.0.0.1", List.of());

    /** A command that runs there. */
    List<String> on(List<String> command) {
        return Stream.concat(enter.stream(), command.stream()).toList();
    }
}
