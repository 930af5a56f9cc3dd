package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.promote.Promotion;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.promote.ValidationJudge;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.Registry.PromotionWitness;
import io.github.resnetspark.spark.ShardwiseJob;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a better model the current one. */
@Command(
        name = "promote",
        description = {
            "Make a model the current version of a registry if it is better.",
            "",
            "Loads every file of the model and checks that all its forms compute the same. Then evaluates"
                    + " the model and the current version on the same validation pictures.",
            "",
            "The model must have a top-1 that is better by promote.margin and at least promote.min-top1."
                    + " Then it is copied to <registry>/<name>/<version>, and <registry>/<name>/CURRENT names it."
                    + " Otherwise nothing changes.",
            "",
            "If two promotions run at the same time, one of them wins. The other one fails, because it was"
                    + " compared with a model that is no longer current."
        },
        exitCodeList = {
            "0:The model is the current version now.",
            "1:The command failed, or another promotion won.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:The model is not promoted, or is the current version already."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark promote --model file:/models/new --registry file:/models/registry --name flowers \\",
            "      --shards file:/data/flowers-shards",
            "  resnet-spark promote --conf flowers.conf --model hdfs://namenode:8020/models/new --set promote.margin=0.002"
        })
final class PromoteCommand extends ReportingCommand {
    @Mixin
    private RegistryOptions registry;

    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory to promote.")
    private URI model;

    @Option(
            names = "--shards",
            paramLabel = "URI",
            description = "Shards whose validation split both models are evaluated on. Default: promote.shards, or else"
                    + " data.shards.")
    private String shards;

    @Override
    protected Outcome run() throws IOException {
        Map<String, String> keys = registry.keys();
        if (shards != null) {
            keys.put("promote.shards", shards);
        }
        Recipe recipe = recipes().loadWith(keys, Need.REGISTRY, Need.REGISTRY_NAME, Need.JUDGING_SHARDS);
        URI judged = recipe.delivery().promote().shards().or(recipe::shards).orElseThrow();
        try (JavaSparkContext spark = spark().open("promote", recipe.cluster())) {
            Configuration configuration = ShardwiseJob.configuration(spark).value();
            PromotionOutcome outcome = new Promotion(
                            Registry.of(recipe.delivery().registry(), configuration),
                            recipe.delivery().promote(),
                            new ValidationJudge(spark, recipe, judged))
                    .run(model, configuration, Optional.empty(), PromotionWitness.NONE);
            return new Outcome(status(outcome), outcome.toJson(), text(outcome));
        }
    }

    private static ExitStatus status(PromotionOutcome outcome) {
        return switch (outcome.result()) {
            case PROMOTED -> ExitStatus.DONE;
            case NOT_PROMOTED -> ExitStatus.NOT_PROMOTED;
            case ALREADY_CURRENT -> ExitStatus.NOTHING_TO_DO;
        };
    }

    private static String text(PromotionOutcome outcome) {
        return switch (outcome.result()) {
            case PROMOTED ->
                "promoted as version " + outcome.version().orElseThrow() + ": "
                        + outcome.verdict().reason();
            case NOT_PROMOTED -> "not promoted: " + outcome.verdict().reason();
            case ALREADY_CURRENT -> "nothing to do: " + outcome.verdict().reason();
        };
    }
}
