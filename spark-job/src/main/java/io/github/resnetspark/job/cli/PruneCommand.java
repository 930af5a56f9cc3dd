package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.message.job.CommandNotices;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes old models. */
@Command(
        name = "prune",
        description = {
            "Delete old versions of a model.",
            "",
            "Keeps the newest versions, the current version and the one that a rollback restores."
        },
        exitCodeList = {
            "0:Old versions are deleted.",
            "1:The command failed.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:There is nothing to delete."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark prune --registry file:/models/registry --name flowers --keep 3",
            "  resnet-spark prune --conf flowers.conf --json"
        })
final class PruneCommand extends ReportingCommand {
    @Mixin
    private RegistryOptions registry;

    @Option(names = "--keep", paramLabel = "N", description = "Number of newest versions to keep. Default: prune.keep.")
    private String keep;

    @Override
    protected Outcome run() throws IOException {
        Map<String, String> keys = registry.keys();
        if (keep != null) {
            keys.put("prune.keep", keep);
        }
        Recipe recipe = recipes().loadWith(keys, Need.REGISTRY, Need.REGISTRY_NAME);
        Registry models = RegistryOptions.existing(recipe, SparkStart.hadoopConfiguration());
        List<String> deleted = models.prune(recipe.delivery().prune().keep());
        Map<String, Object> json = Map.of("deleted", deleted, "kept", models.versions());
        return deleted.isEmpty()
                ? new Outcome(
                        ExitStatus.NOTHING_TO_DO,
                        json,
                        CommandNotices.nothingToDelete(models.home().toString()))
                : Outcome.done(json, CommandNotices.deleted(models.home().toString(), deleted));
    }
}
