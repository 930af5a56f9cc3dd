package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalysisReport;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import picocli.CommandLine.Command;

/** The analyses. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        versionProvider = ReportingCommand.Version.class,
        description = {
            "See why residual networks train, in numbers and pictures.",
            "Each analysis writes a table (CSV), pictures (SVG and PNG) and a paragraph of what they show (Markdown) into"
                    + " the directory of --out. A degradation or landscape that was stopped or killed continues when the"
                    + " same command is given again."
        },
        subcommands = {AnalyzeDegradationCommand.class, AnalyzeGradientsCommand.class, AnalyzeLandscapeCommand.class},
        footer = {"", "Every analysis explains itself: resnet-spark analyze ANALYSIS --help."})
final class AnalyzeCommand {
    /** What every analysis reports. */
    static Outcome outcome(AnalysisReport report) {
        return Outcome.done(report, report.text());
    }
}
