package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.LocalCopy;
import io.github.resnetspark.job.registry.LocalCopy.Change;
import io.github.resnetspark.job.registry.LocalCopy.Fetched;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a local copy of a registry's current model. */
@Command(
        name = "fetch",
        description = {
            "Keep a local copy of a registry's current model, for a service.",
            "",
            "Copies the current version to a directory of its own in DIR, verifies its checksums, and then replaces the"
                    + " link DIR/current in one step. A service finds the old model or the new one, never half of one."
                    + " Run it again and again: it copies only what is new. It starts no Spark."
        },
        exitCodeList = {
            "0:DIR/current has another model now.",
            "1:The command failed, or another one is copying to DIR. DIR/current is as before.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:Nothing to do: DIR/current is the current version."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark fetch --registry hdfs://namenode:8020/models --name flowers --to /models/flowers",
            "  resnet-spark fetch --conf flowers.conf --to /models/flowers --json"
        })
final class FetchCommand extends ReportingCommand {
    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Local directory of the copies and the link. It is created if it does not exist.")
    private URI to;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of earlier copies to keep, at least 1. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = registry.load(recipes());
        if (to.getScheme() != null && !to.getScheme().equals("file")) {
            throw new RecipeException(List.of(CommandFailures.notALocalDirectory("--to", UriText.shown(to))));
        }
        if (keep < 1) {
            throw new RecipeException(List.of(CommandFailures.keepsTooFew(keep)));
        }
        Configuration configuration = SparkStart.hadoopConfiguration();
        Registry models = RegistryOptions.existing(recipe, configuration);
        Optional<Fetched> fetched = new LocalCopy(Path.of(to.getPath()), configuration).follow(models, keep);
        return fetched.map(FetchCommand::outcome)
                .orElseGet(() -> new Outcome(
                        ExitStatus.NOTHING_TO_DO,
                        Map.of(),
                        CommandNotices.noCurrentVersion(models.home().toString())));
    }

    private static Outcome outcome(Fetched fetched) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", fetched.version());
        json.put("model", fetched.model().toString());
        json.put("before", fetched.before().orElse(null));
        json.put("deleted", fetched.deleted());
        String link = fetched.model().resolveSibling(LocalCopy.LINK).toString();
        String name = fetched.model().getFileName().toString();
        return fetched.change() == Change.NONE
                ? new Outcome(ExitStatus.NOTHING_TO_DO, json, CommandNotices.alreadyFetched(link, fetched.version()))
                : Outcome.done(json, CommandNotices.fetched(link, fetched.version(), name));
    }
}
