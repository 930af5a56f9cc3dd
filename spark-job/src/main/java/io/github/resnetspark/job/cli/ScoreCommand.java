package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.ShardsOption;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.score.ScoreJob;
import io.github.resnetspark.job.score.ScoreReport;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Classifies many pictures. */
@Command(
        name = "score",
        description = {
            "Classify many pictures with Spark and write the results to a table.",
            "",
            "The pictures are shards, or the files of a folder and its subfolders."
                    + " train.batch-size-per-replica is the number of pictures per batch.",
            "",
            "Writes Parquet files with one row per picture: path, labels (the most probable first),"
                    + " probabilities, and error, which says why a picture cannot be read. The table appears when it is"
                    + " complete. Nothing is ever overwritten."
        },
        exitCodeList = {
            "0:The table is written.",
            "1:The command failed. There is no table.",
            "2:Wrong usage or configuration. Nothing was started."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark score --model file:/models/cifar10-resnet20 --pictures file:/data/holiday \\",
            "      --to file:/data/holiday-scores",
            "  resnet-spark score --model hdfs://namenode:8020/models/r50 --pictures hdfs://namenode:8020/imagenet \\",
            "      --split validation --to hdfs://namenode:8020/scores/r50"
        })
final class ScoreCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory.")
    private URI model;

    @Option(
            names = "--pictures",
            paramLabel = "URI",
            required = true,
            description = "Directory that prepare wrote, or folder of pictures (JPEG, PNG, BMP, WebP).")
    private URI pictures;

    @Option(
            names = "--to",
            paramLabel = "URI",
            required = true,
            description = "Directory of the table; must not exist yet.")
    private URI to;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            converter = ShardsOption.SplitConverter.class,
            description = "Split of the shards: train or validation. Default: both.")
    private Split split;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of classes per row. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Override
    protected Outcome run() throws IOException {
        PredictCommand.requireSomeClasses(top);
        Recipe recipe = recipes().load();
        try (JavaSparkContext spark = spark().open("score", recipe.cluster().workers())) {
            ScoreReport report = new ScoreJob(spark, recipe).run(model, pictures, Optional.ofNullable(split), to, top);
            return Outcome.done(report, report.text());
        }
    }
}
