package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.report.RunStatus;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how a training is doing, from another shell. */
@Command(
        name = "status",
        description = {
            "Tell how a training is doing: whether it runs, how far it is, its newest figures.",
            "",
            "Reads the files of the run directory, so it works from any machine that reaches them, also while the training runs in"
                    + " another process or on a cluster. If the training was started on another machine, it may take up to"
                    + " 30 seconds to see that it has ended."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark status --run file:/models/cifar10-resnet20",
            "  resnet-spark status --run hdfs://namenode:8020/models/resnet50 --json"
        })
final class StatusCommand extends ReportingCommand {
    @Option(
            names = "--run",
            paramLabel = "URI",
            required = true,
            description = "Model directory of the training, or its run directory.")
    private URI directory;

    @Override
    protected Outcome run() throws IOException {
        RunStatus status = RunStatus.of(SparkStart.hadoopConfiguration(), directory);
        return Outcome.done(status.report(), status.text());
    }
}
