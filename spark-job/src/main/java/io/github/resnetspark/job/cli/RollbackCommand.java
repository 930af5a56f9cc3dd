package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an earlier model the current one again. */
@Command(
        name = "rollback",
        description = {
            "Make the version that was current before the current one again.",
            "Reads every byte of that version first. Nothing is deleted; given once more it goes back one further. Exit code 3"
                    + " if there is nothing to go back to."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark rollback --registry file:/models/registry --name flowers",
            "  resnet-spark rollback --conf flowers.conf --to 7 --json"
        })
final class RollbackCommand extends ReportingCommand {
    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version to make current, instead of the last one.")
    private String version;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = registry.load(recipes());
        Registry models = RegistryOptions.existing(recipe, SparkStart.hadoopConfiguration());
        Optional<String> before = models.current();
        Optional<String> now = models.rollback(Optional.ofNullable(version));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("current", now.or(() -> before).orElse(null));
        json.put("before", before.orElse(null));
        return now.isPresent()
                ? Outcome.done(
                        json,
                        models.home() + ": version " + now.get() + " is current, in place of " + before.orElse("none"))
                : new Outcome(
                        ExitStatus.NOTHING_TO_DO,
                        json,
                        "Nothing to do: " + models.home() + " has "
                                + before.map(current -> "no other version to go back to than " + current)
                                        .orElse("no current version"));
    }
}
