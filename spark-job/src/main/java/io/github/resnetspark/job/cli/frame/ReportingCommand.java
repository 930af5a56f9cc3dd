package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.terminal.ProgressStream;
import io.github.resnetspark.text.ShownText;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that ends with a result, which is printed and, with {@code --result}, written to a file. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = ReportingCommand.Version.class,
        exitCodeListHeading = ReportingCommand.EXIT_CODES,
        exitCodeList = {
            "0:Success.",
            "1:The command started and failed.",
            "2:Wrong usage or configuration. Nothing was started."
        })
public abstract class ReportingCommand implements Callable<Integer> {
    /** Heading of the exit codes in the help. */
    public static final String EXIT_CODES = "%nExit codes:%n";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipes;

    @Mixin
    private OutputOptions output;

    private final SparkStart spark = new SparkStart();

    /** Does the work. Every exception ends the command, and {@link ErrorReport} reports it. */
    protected abstract Outcome run() throws Exception;

    /** The recipe that the command line names. */
    protected final RecipeOptions recipes() {
        return recipes;
    }

    /** How this command starts Spark. */
    protected final SparkStart spark() {
        return spark;
    }

    final OutputOptions output() {
        return output;
    }

    @Override
    public final Integer call() throws Exception {
        try {
            return report();
        } catch (Error e) {
            // A full heap or a library that cannot be loaded is reported like any other failure.
            throw new ExecutionException(spec.commandLine(), e.toString(), e);
        }
    }

    private int report() throws Exception {
        output.result().ifPresent(target -> ResultFile.begin(target, spec.name()));
        Outcome outcome = runOnTerminal();
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.json() ? Outcome.json(outcome.report()) : ShownText.lines(outcome.text()));
        out.flush();
        if (output.result().isPresent()) {
            ResultFile.write(output.result().get(), spec.name(), outcome.status(), "report", outcome.report());
        }
        return outcome.status().code();
    }

    /** Leaves no line of progress behind, whatever happens. */
    private Outcome runOnTerminal() throws Exception {
        try {
            return run();
        } finally {
            ProgressStream.current().ifPresent(ProgressStream::clear);
        }
    }

    /** The output of {@code --version}: the version in the jar's manifest. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(
                            ReportingCommand.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {"resnet-spark " + version};
        }
    }
}
