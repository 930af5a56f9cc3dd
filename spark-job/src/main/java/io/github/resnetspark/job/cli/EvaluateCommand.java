package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.evaluate.EvaluationJob;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.worker.EvaluationCounts;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Tells how well a model classifies. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Classify every picture of a split exactly once and count the errors.",
        footer = {
            "",
            "Examples:",
            "  resnet-spark evaluate --model file:/models/cifar10-resnet20 --shards file:/data/cifar10-shards",
            "  resnet-spark evaluate --model hdfs://namenode:8020/models/r50 \\",
            "      --shards hdfs://namenode:8020/imagenet --split validation --json"
        })
final class EvaluateCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "The model directory.")
    private URI model;

    @Option(names = "--shards", paramLabel = "URI", description = "The directory of the shards; default: data.shards.")
    private String shards;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "validation",
            converter = SplitConverter.class,
            description = "train or validation; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Override
    Outcome run() throws IOException {
        Map<String, String> given = Optional.ofNullable(shards)
                .map(uri -> Map.of("data.shards", uri))
                .orElse(Map.of());
        Recipe recipe = recipes().loadWith(given, Need.SHARDS);
        try (JavaSparkContext spark =
                SparkStart.open("evaluate", recipe.cluster().workers())) {
            EvaluationCounts counts =
                    new EvaluationJob(spark, recipe).run(model, recipe.shards().orElseThrow(), split);
            return outcome(counts);
        }
    }

    private static Outcome outcome(EvaluationCounts counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", counts.examples());
        json.put("errors", counts.errors());
        json.put("top1", counts.top1());
        json.put("top5", counts.top5());
        json.put("loss", counts.loss());
        return Outcome.done(
                json,
                String.format(
                        Locale.ROOT,
                        "%,d pictures, %,d errors: top-1 %.2f %%, top-5 %.2f %%, loss %.4f",
                        counts.examples(),
                        counts.errors(),
                        100 * counts.top1(),
                        100 * counts.top5(),
                        counts.loss()));
    }

    /** Splits by their names in the manifest. */
    static final class SplitConverter implements ITypeConverter<Split> {
        @Override
        public Split convert(String name) {
            return Split.of(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is neither train nor validation"));
        }
    }
}
