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
            "Analyse why residual networks are easier to train than plain ones.",
            "",
            "Each analysis writes a table (CSV), plots (SVG and PNG) and a summary (Markdown) to --out. To resume degradation or"
                    + " landscape, run the same command again."
        },
        subcommands = {AnalyzeDegradationCommand.class, AnalyzeGradientsCommand.class, AnalyzeLandscapeCommand.class},
        footer = {"", "Run resnet-spark analyze ANALYSIS --help for the options of an analysis."})
final class AnalyzeCommand {
    /** The result of an analysis. */
    static Outcome outcome(AnalysisReport report) {
        return Outcome.done(report, report.text());
    }
}
