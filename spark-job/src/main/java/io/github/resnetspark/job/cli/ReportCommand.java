package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.report.ReportJob;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the report of a run again, or compares several. */
@Command(
        name = "report",
        description = {
            "Write the report of a training as a web page, or compare several trainings.",
            "",
            "train writes report.html into its run directory after every validation. This command makes the page again, also while"
                    + " the training runs. Several --run options give one page with their curves on top of each other and the"
                    + " settings in which they differ. The page is one file, without scripts."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark report --run file:/models/cifar10-resnet20 --to file:/tmp/report.html",
            "  resnet-spark report --run hdfs://namenode:8020/models/a --run hdfs://namenode:8020/models/b \\",
            "      --to file:/tmp/comparison.html"
        })
final class ReportCommand extends ReportingCommand {
    @Option(
            names = "--run",
            paramLabel = "URI",
            required = true,
            description = "Model directory of the training, or its run directory. May be repeated.")
    private List<URI> runs;

    @Option(
            names = "--to",
            paramLabel = "URI",
            required = true,
            description = "Page to write. Overwrites an older one.")
    private URI to;

    @Override
    protected Outcome run() throws IOException {
        new ReportJob(SparkStart.hadoopConfiguration()).write(runs, to);
        return Outcome.done(Map.of("report", to.toString()), to.toString());
    }
}
