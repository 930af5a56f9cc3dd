package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.RegistryOptions;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.VersionSummary;
import io.github.resnetspark.message.job.CommandNotices;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the versions of a model. */
@Command(
        name = "list",
        description = {
            "List the versions of a model, the newest first.",
            "",
            "Shows which version is current and which one a rollback restores. The top-1 comes from each"
                    + " version's own metrics.json, so two versions may have been measured on different pictures."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark list --registry file:/models/registry --name flowers",
            "  resnet-spark list --conf flowers.conf --json"
        })
final class ListCommand extends ReportingCommand {
    private static final double MEGABYTE = 1e6;

    @Mixin
    private RegistryOptions registry;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = registry.load(recipes());
        Registry models = RegistryOptions.existing(recipe, SparkStart.hadoopConfiguration());
        List<VersionSummary> versions = VersionSummary.of(models);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("place", models.home().toString());
        json.put("current", models.current().orElse(null));
        json.put("versions", versions);
        return Outcome.done(
                json,
                versions.isEmpty() ? CommandNotices.noVersions(models.home().toString()) : table(versions));
    }

    private static String table(List<VersionSummary> versions) {
        String row = "%-8s %-9s %-21s %8s %9s %9s  %s";
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, row, "version", "", "written", "top-1", "pictures", "MB", "network"));
        for (VersionSummary version : versions) {
            text.append(System.lineSeparator())
                    .append(String.format(
                            Locale.ROOT,
                            row,
                            version.version(),
                            mark(version),
                            version.written(),
                            version.top1() == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * version.top1()),
                            version.examples() == null ? "-" : String.format(Locale.ROOT, "%,d", version.examples()),
                            String.format(Locale.ROOT, "%.1f", version.bytes() / MEGABYTE),
                            version.network()));
        }
        return text.toString();
    }

    private static String mark(VersionSummary version) {
        return switch (version.state()) {
            case CURRENT -> "current";
            case PREVIOUS -> "previous";
            case KEPT -> "";
        };
    }
}
