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
            "Prepare what is new, train from the current version, and promote the new model if it is better.",
            "With prepare.source, shards go to a directory of their own below data.shards for each state of the source; without"
                    + " it, data.shards are trained on as they are. The training starts from the current version of the"
                    + " registry (retrain.start = scratch for not): where the classes are others, it gets a new head and keeps"
                    + " the rest. Both models are then held against the same validation pictures, as promote does. Last, old"
                    + " versions and runs are pruned (prune.keep).",
            "One retraining of a model at a time: a second one is told so and ends with exit code 1. A run that was killed"
                    + " goes on where it was when it is given again with the same --run-id; one that was finished tells again"
                    + " how it ended. Everything about it is in <registry>/<name>/runs/<run id>, report.md for people.",
            "Exit codes: 0 promoted, 3 not promoted, 1 failed (run it again), 2 wrong usage or configuration."
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
                    "The run's name, e.g. the date that a scheduler started it for; the same one goes on with the same"
                            + " run. Default: that of the run that was begun with these settings, was not finished, and wrote a"
                            + " checkpoint or its record within a day, or else the time.")
    private String runId;

    @Option(
            names = "--succeed-unless-failed",
            description = "Exit code 0 where the model was not promoted, too, for schedulers that take any other for a"
                    + " failure; --result tells.")
    private boolean succeed;

    @Override
    protected Outcome run() throws IOException {
        Optional<String> given = Optional.ofNullable(runId);
        given.flatMap(RetrainJob::problem).ifPresent(problem -> {
            throw new RecipeException(List.of(problem));
        });
        Function<Map<String, String>, Recipe> read =
                recipes().loadOnce(Need.SHARDS_TO_WRITE, Need.REGISTRY, Need.REGISTRY_NAME);
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
        try (JavaSparkContext spark = SparkStart.forTraining(recipe.cluster().workers())) {
            return outcome(new RetrainJob(spark, recipes).run(given));
        }
    }

    private Outcome outcome(RetrainJob.RetrainReport report) {
        return new Outcome(
                report.promoted() || succeed ? ExitStatus.DONE : ExitStatus.NOT_PROMOTED, report.json(), report.text());
    }
}
