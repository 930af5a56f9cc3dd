package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.dataset.DataReport;
import io.github.resnetspark.job.dataset.DataReport.Existing;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.prepare.PrepareReport;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;

/** Turns pictures into shards. */
@Command(
        name = "prepare",
        description = {
            "Turn labelled pictures into Parquet shards with a manifest.",
            "",
            "Reads class folders (train/<class>/* and validation/<class>/*), the original ILSVRC2012"
                    + " archives, CIFAR-10's binary version (a folder, .tar, .tar.gz or .tar.xz), tables of Spark SQL"
                    + " (Parquet, ORC, CSV, JSON, or a catalog's table), or existing shards, which are written again"
                    + " with other options. prepare.validation-share splits sources without a validation split. A source with class folders may have validation/"
                    + " only, for a separate, fixed test set.",
            "",
            "Writes the shards to data.shards and manifest.json last, then report.html, a page about the data set. To resume a run that died, run the"
                    + " same command again: it writes only the missing shards. Shards of another source or with other"
                    + " options are never mixed in: they are refused."
        },
        exitCodeList = {
            "0:The shards are written.",
            "1:The command failed. Run it again to resume.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:Nothing to do: data.shards is already complete."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark prepare --set prepare.source=file:/data/pictures --set data.shards=file:/data/shards",
            "  resnet-spark prepare --conf conf/cifar10-resnet20.conf --json \\",
            "      --set prepare.source=file:/data/cifar-10-binary.tar.gz --set data.shards=hdfs://namenode:8020/cifar10"
        })
final class PrepareCommand extends ReportingCommand {
    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = recipes().load(Need.SOURCE, Need.SHARDS);
        URI shards = recipe.shards().orElseThrow();
        try (JavaSparkContext spark = spark().open("prepare", 1)) {
            PrepareReport report = new PrepareJob(spark).run(recipe.prepare().orElseThrow(), shards);
            DataReport.write(
                    recipe,
                    shards,
                    spark.hadoopConfiguration(),
                    report.outcome() == PrepareReport.Outcome.WRITTEN ? Existing.REPLACED : Existing.KEPT);
            return outcome(report, shards);
        }
    }

    private static Outcome outcome(PrepareReport report, URI shards) {
        boolean idle = report.outcome() == PrepareReport.Outcome.NOTHING_TO_DO;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("written", report.written());
        json.put("rejected", report.rejected());
        json.put("shards", report.shards());
        json.put("kept", report.kept());
        json.put("train", report.train());
        json.put("validation", report.validation());
        json.put("classes", report.classes());
        json.put("passedOver", report.passedOver().toMap());
        json.put("warnings", report.warnings());
        String counts = String.format(
                Locale.ROOT,
                "%,d pictures of %d classes, %,d for training and %,d for validation, %,d rejected, %d shards",
                report.written(),
                report.classes(),
                report.train(),
                report.validation(),
                report.rejected(),
                report.shards());
        return new Outcome(
                idle ? ExitStatus.NOTHING_TO_DO : ExitStatus.DONE,
                json,
                (idle ? "Nothing to do: " + UriText.shown(shards) + " is complete: " : UriText.shown(shards) + ": ")
                        + counts
                        + (report.passedOver().isEmpty()
                                ? ""
                                : "\nskipped: " + report.passedOver().text()));
    }
}
