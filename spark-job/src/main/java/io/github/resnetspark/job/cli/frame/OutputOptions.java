package io.github.resnetspark.job.cli.frame;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the output of a command. */
final class OutputOptions {
    @Option(names = "--json", description = "Print the result as JSON on standard output, on one line.")
    private boolean json;

    @Option(
            names = "--result",
            paramLabel = "URI",
            description =
                    "Also write the result as JSON to this file (file:, hdfs:), for schedulers that do not see exit"
                            + " codes.")
    private URI result;

    @Option(names = "--verbose", description = "Log more, and print the stack trace of an error.")
    private boolean verbose;

    /** Takes effect at the start of the program, before options are parsed: the first logger reads its level only once. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--quiet", description = "Log only warnings and errors, and show no progress.")
    private boolean quiet;

    boolean json() {
        return json;
    }

    Optional<URI> result() {
        return Optional.ofNullable(result);
    }

    boolean verbose() {
        return verbose;
    }
}
