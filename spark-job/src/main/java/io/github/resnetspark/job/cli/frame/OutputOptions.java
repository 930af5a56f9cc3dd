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
