package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.ErrorReport;
import io.github.resnetspark.job.cli.frame.NamelessUser;
import io.github.resnetspark.job.cli.frame.ReadableLog;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.terminal.ProgressStream;
import io.github.resnetspark.terminal.Terminal;
import io.github.resnetspark.text.UriText;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The main class, for {@code deploy/bin/resnet-spark} and for spark-submit. */
@Command(
        name = "resnet-spark",
        mixinStandardHelpOptions = true,
        versionProvider = ReportingCommand.Version.class,
        description = "Train residual networks (ResNet) on Spark, from pictures to a promoted model.",
        subcommands = {
            QuickstartCommand.class,
            PrepareCommand.class,
            VerifyCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            StatusCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            PredictCommand.class,
            ScoreCommand.class,
            RetrainCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ListCommand.class,
            PruneCommand.class,
            FetchCommand.class,
            DescribeCommand.class,
            AnalyzeCommand.class
        },
        exitCodeListHeading = ReportingCommand.EXIT_CODES,
        exitCodeList = {
            "0:Success.",
            "1:The command started and failed.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:Nothing to do, or the model is not promoted."
        },
        footer = {"", "Run resnet-spark COMMAND --help for the options of a command."})
public final class ResNetSpark {
    /** Used by conf/log4j2.properties. Must be set before the first logger is created. */
    private static final String LOG_LEVEL = "resnetspark.log.level";

    private static final String TASKS_LOG_LEVEL = "resnetspark.tasks.log.level";
    /** Whether the log has no colours; true if it is not set. */
    private static final String PLAIN_LOG = "resnetspark.log.plain";

    /** Wide enough for the examples, so that they can be copied as they are. */
    private static final int HELP_WIDTH = 120;

    private ResNetSpark() {}

    /** Runs one command. The process ends with its exit code. */
    public static void main(String[] args) {
        SparkLine.require(System.err);
        configureOutput(Arrays.asList(args), System.getenv());
        ReadableLog.configure();
        NamelessUser.settle();
        boolean submitted = System.getProperty("spark.master") != null;
        int code = run(writer(System.out), writer(System.err), args);
        // On YARN, System.exit counts as a failure, because the final status is not reported yet.
        if (code != 0 || !submitted) {
            System.exit(code);
        }
    }

    /**
     * Runs one command in this process.
     *
     * @return the exit code: 0 success, 1 failed, 2 wrong usage or configuration, 3 nothing to do or not promoted
     */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    /** All commands with their options. */
    static CommandLine commandLine() {
        ErrorReport errors = new ErrorReport();
        return new CommandLine(new ResNetSpark())
                .registerConverter(URI.class, ResNetSpark::uri)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH);
    }

    /** Must come before the first logger, which keeps the standard error of its time. */
    private static void configureOutput(List<String> options, Map<String, String> environment) {
        if (options.contains("--verbose")) {
            setIfMissing(LOG_LEVEL, "debug");
            setIfMissing(TASKS_LOG_LEVEL, "warn");
        } else if (options.contains("--quiet")) {
            setIfMissing(LOG_LEVEL, "warn");
        }
        if (Terminal.isStandardError(environment)) {
            if (!options.contains("--quiet")) {
                ProgressStream.install();
            }
            setIfMissing(PLAIN_LOG, Boolean.toString(!Terminal.hasColours(environment)));
        }
    }

    private static void setIfMissing(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Parses a URI like in a recipe. */
    private static URI uri(String text) {
        try {
            return UriText.parse(text);
        } catch (UriText.InvalidUriException e) {
            throw new TypeConversionException(UriText.shownRefused(text) + " must be " + e.getMessage());
        }
    }

    /** Always UTF-8, because tables have non-ASCII characters. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
