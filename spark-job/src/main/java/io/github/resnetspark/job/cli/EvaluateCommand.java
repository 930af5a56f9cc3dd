package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.ShardsOption;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationJob;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how well a model classifies. */
@Command(
        name = "evaluate",
        description = {
            "Measure how well a model classifies one split of the shards.",
            "",
            "Classifies every picture exactly once. --json also prints the results of each class, which"
                    + " classes are confused with which, and how well the probabilities are calibrated. The fields are"
                    + " those of metrics.json (docs/bundle-format.md)."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark evaluate --model file:/models/cifar10-resnet20 --shards file:/data/cifar10-shards",
            "  resnet-spark evaluate --model hdfs://namenode:8020/models/r50 \\",
            "      --shards hdfs://namenode:8020/imagenet --split validation --json"
        })
final class EvaluateCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory.")
    private URI model;

    @Mixin
    private ShardsOption shards;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "validation",
            converter = ShardsOption.SplitConverter.class,
            description = "Split of the shards: train or validation. Default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(
            names = "--flip",
            description =
                    "Classify each picture and its mirror image, and average the probabilities: often somewhat more"
                            + " accurate, at twice the cost. Services that load the model do not do so.")
    private boolean flip;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = shards.load(recipes());
        try (JavaSparkContext spark = spark().open("evaluate", recipe.cluster())) {
            return outcome(new EvaluationJob(spark, recipe, flip)
                    .run(model, recipe.shards().orElseThrow(), split));
        }
    }

    private Outcome outcome(EvaluationReport report) {
        EvaluationCounts counts = report.counts();
        return Outcome.done(
                flip ? report.toJson().put("flip", true) : report.toJson(),
                String.format(
                        Locale.ROOT,
                        "%,d pictures, %,d errors: top-1 %.2f %%, top-5 %.2f %%, loss %.4f, calibration error %.2f %%",
                        counts.examples(),
                        counts.errors(),
                        100 * counts.top1(),
                        100 * counts.top5(),
                        counts.loss(),
                        100 * counts.calibration().error()));
    }
}
