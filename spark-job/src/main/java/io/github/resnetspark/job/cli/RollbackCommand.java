package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.message.job.CommandNotices;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an earlier version the current one again. */
@Command(
        name = "rollback",
        description = {
            "Make the previous version of a model the current one again.",
            "",
            "Reads every byte of that version first. Deletes nothing. Run it again to go back one more" + " version."
        },
        exitCodeList = {
            "0:Another version is current now.",
            "1:The command failed.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:There is no version to go back to."
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

    @Option(names = "--to", paramLabel = "VERSION", description = "Version to make current. Default: the previous one.")
    private String version;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = registry.load(recipes());
        Registry models = RegistryOptions.existing(recipe, SparkStart.hadoopConfiguration());
        Optional<String> before = models.current();
        Optional<String> now = models.rollback(Optional.ofNullable(version));
        String home = models.home().toString();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("current", now.or(() -> before).orElse(null));
        json.put("before", before.orElse(null));
        return now.isPresent()
                ? Outcome.done(json, CommandNotices.rolledBack(home, now.get(), before.orElse("none")))
                : new Outcome(
                        ExitStatus.NOTHING_TO_DO,
                        json,
                        before.map(current -> CommandNotices.noOtherVersion(home, current))
                                .orElseGet(() -> CommandNotices.noCurrentVersion(home)));
    }
}
