package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.ErrorReport;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.text.UriText;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The main class, for {@code deploy/bin/resnet-spark} and for spark-submit. */
@Command(
        name = "resnet-spark",
        mixinStandardHelpOptions = true,
        versionProvider = ReportingCommand.Version.class,
        description = "Train residual networks on Spark: pictures into shards, shards into a model.",
        subcommands = {
            QuickstartCommand.class,
            PrepareCommand.class,
            VerifyCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            PredictCommand.class,
            ScoreCommand.class,
            RetrainCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ListCommand.class,
            PruneCommand.class,
            DescribeCommand.class,
            AnalyzeCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 the run failed, 2 wrong usage or configuration, 3 nothing to do or not promoted.",
            "Every command explains itself: resnet-spark COMMAND --help."
        })
public final class ResNetSpark {
    /** Read by conf/log4j2.properties; must be set before the first logger is made. */
    private static final String LOG_LEVEL = "resnetspark.log.level";

    private static final String TASKS_LOG_LEVEL = "resnetspark.tasks.log.level";

    /** Wide enough for the examples, which are to be copied in one piece. */
    private static final int HELP_WIDTH = 120;

    private ResNetSpark() {}

    /** Runs one command. The process ends with its exit code. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--verbose")) {
            setIfMissing(LOG_LEVEL, "debug");
            setIfMissing(TASKS_LOG_LEVEL, "warn");
        }
        NamelessUser.settle();
        boolean submitted = System.getProperty("spark.master") != null;
        int code = run(writer(System.out), writer(System.err), args);
        // Under YARN, leaving through System.exit counts as dying before the final status was reported.
        if (code != 0 || !submitted) {
            System.exit(code);
        }
    }

    /**
     * Runs one command in this process.
     *
     * @return the exit code: 0 done, 1 the run failed, 2 wrong usage or configuration, 3 nothing to do or not promoted
     */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        ErrorReport errors = new ErrorReport();
        return commandLine()
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .execute(args);
    }

    /** All commands and options, ready to parse arguments or to print help. */
    static CommandLine commandLine() {
        return new CommandLine(new ResNetSpark())
                .registerConverter(URI.class, ResNetSpark::uri)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH);
    }

    private static void setIfMissing(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** What is a URI in a recipe is one on the command line too. */
    private static URI uri(String text) {
        try {
            return UriText.parse(text);
        } catch (UriText.NoPlaceException e) {
            throw new TypeConversionException(UriText.shownRefused(text) + " must be " + e.getMessage());
        }
    }

    /** UTF-8 whatever the locale, for tables hold signs beyond ASCII. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
