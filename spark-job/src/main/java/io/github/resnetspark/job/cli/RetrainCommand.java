package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.retrain.RetrainJob;
import io.github.resnetspark.job.retrain.RetrainJob.RecipeVariants;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything from new pictures to a better model, for a scheduler. */
@Command(
        name = "retrain",
        description = {
            "Prepare new pictures, train on them, and promote the new model if it is better.",
            "",
            "One command for a scheduler, in four steps:",
            "  1. With prepare.source, prepare the pictures. Each state of the source gets its own directory"
                    + " below data.shards. Without prepare.source, data.shards is used as it is.",
            "  2. Train from the current version, or from random weights if retrain.start = scratch. If the"
                    + " classes changed, the last layer is replaced and starts untrained.",
            "  3. Evaluate both models on the same validation pictures and promote the new one if it is"
                    + " better, like resnet-spark promote.",
            "  4. Delete old versions and runs (prune.keep).",
            "",
            "Writes everything about the run to <registry>/<name>/runs/<run id>. Start with report.md there.",
            "",
            "To resume a run that was killed, run the command again with the same --run-id. A finished run"
                    + " reports its result again. Only one retraining of a model runs at a time: a second one fails."
        },
        exitCodeList = {
            "0:The new model is promoted.",
            "1:The run failed. Run the command again.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:The new model is not promoted."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark retrain --conf flowers.conf --run-id 2026-01-31 --result file:/var/log/retrain.json",
            "  resnet-spark retrain --conf flowers.conf --set prepare.source=hdfs://namenode:8020/pictures \\",
            "      --set data.shards=hdfs://namenode:8020/shards/flowers \\",
            "      --registry hdfs://namenode:8020/models --name flowers"
        })
final class RetrainCommand extends ReportingCommand {
    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "Name of the run, e.g. the date that a scheduler started it for. The same name resumes the same"
                            + " run. Default: the unfinished run with the same settings that wrote a checkpoint or its record"
                            + " within the last day, or else the current time.")
    private String runId;

    @Option(
            names = "--succeed-unless-failed",
            description =
                    "End with exit code 0 also if the new model is not promoted, for schedulers that treat any other"
                            + " exit code as a failure. --result tells which it was.")
    private boolean succeed;

    @Override
    protected Outcome run() throws IOException {
        Optional<String> given = Optional.ofNullable(runId);
        given.flatMap(RetrainJob::problem).ifPresent(problem -> {
            throw new RecipeException(List.of(problem));
        });
        Function<Map<String, String>, Recipe> read =
                recipes().loadOnce(Need.SHARDS, Need.REGISTRY, Need.REGISTRY_NAME, Need.RUNS_BESIDE_MODELS);
        RecipeVariants recipes = values -> {
            Map<String, String> keys = new LinkedHashMap<>(registry.keys());
            keys.putAll(values);
            return read.apply(keys);
        };
        Recipe recipe = recipes.with(Map.of());
        Optional<RetrainJob.RetrainReport> earlier = given.isPresent()
                ? RetrainJob.earlier(recipes, given.get(), SparkStart.hadoopConfiguration())
                : Optional.empty();
        if (earlier.isPresent()) {
            return outcome(earlier.get());
        }
        try (JavaSparkContext spark = spark().forTraining(recipe.cluster())) {
            return outcome(new RetrainJob(spark, recipes).run(given));
        }
    }

    private Outcome outcome(RetrainJob.RetrainReport report) {
        return new Outcome(
                report.promoted() || succeed ? ExitStatus.DONE : ExitStatus.NOT_PROMOTED, report.json(), report.text());
    }
}
