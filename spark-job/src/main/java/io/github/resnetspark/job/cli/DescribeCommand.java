package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.describe.LearningRateFile;
import io.github.resnetspark.job.describe.NetworkComparison;
import io.github.resnetspark.job.describe.NetworkReport;
import io.github.resnetspark.job.describe.PublishedTable;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the layers of a recipe's network. */
@Command(
        name = "describe",
        description = {
            "Show the network of a recipe layer by layer and stage by stage.",
            "",
            "Shows shapes, receptive fields, parameters, multiply-adds (H·W·Cin·Cout·Kh·Kw of convolutions"
                    + " and the last layer) and memory. Needs no data and no Spark."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark describe --conf conf/imagenet-resnet50.conf",
            "  resnet-spark describe --conf conf/cifar10-resnet20.conf --set model.depth=110 --json",
            "  resnet-spark describe --compare depth=56,shortcut=none depth=56",
            "  resnet-spark describe --conf conf/imagenet-resnet50.conf --schedule learning-rate.svg",
            "  resnet-spark describe --all"
        })
final class DescribeCommand extends ReportingCommand {
    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Pictures per minibatch, for the memory of a training. Default: train.batch-size-per-replica.")
    private Integer batch;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "NETWORK",
            description =
                    "Compare two networks instead. Each is a recipe file, or a list of keys that change the section"
                            + " model of --conf, e.g. depth=56,shortcut=none. --set changes both.")
    private List<String> compared = new ArrayList<>();

    @Option(
            names = "--schedule",
            paramLabel = "FILE",
            description = "Write the learning rate over the epochs to this local file instead: .svg, .png or .csv.")
    private Path schedule;

    @Option(
            names = "--all",
            description = "Show all networks of the papers with their published figures instead, as a Markdown table.")
    private boolean all;

    @Override
    protected Outcome run() throws IOException {
        requireOneQuestion();
        if (all) {
            return Outcome.done(PublishedTable.json(), PublishedTable.markdown());
        }
        if (schedule != null) {
            LearningRateFile file = LearningRateFile.write(recipes().load(), schedule);
            return Outcome.done(file.json(), file.text());
        }
        if (!compared.isEmpty()) {
            NetworkComparison comparison =
                    new NetworkComparison(report(named(compared.get(0))), report(named(compared.get(1))));
            return Outcome.done(comparison.json(), comparison.text());
        }
        NetworkReport network = report(recipes().load());
        return Outcome.done(network.json(), network.text());
    }

    private void requireOneQuestion() {
        Map<String, Boolean> asked = new LinkedHashMap<>();
        asked.put("--compare", !compared.isEmpty());
        asked.put("--schedule", schedule != null);
        asked.put("--all", all);
        List<String> given = asked.keySet().stream().filter(asked::get).toList();
        if (given.size() > 1) {
            throw new RecipeException(List.of(CommandFailures.exclusive(given)));
        }
        if (batch != null && batch < 1) {
            throw new RecipeException(List.of(CommandFailures.batchTooSmall(batch)));
        }
    }

    private NetworkReport report(Recipe recipe) {
        return NetworkReport.of(recipe.model(), batch == null ? recipe.train().batchSizePerReplica() : batch);
    }

    /** A recipe file, or the recipe with changed keys in its section model. */
    private Recipe named(String network) {
        if (!network.contains("=")) {
            return recipes().loadOther(Path.of(network));
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (String setting : List.of(network.split(",", -1))) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new RecipeException(List.of(CommandFailures.notKeyAndValue(setting.strip())));
            }
            keys.put("model." + setting.substring(0, equals).strip(), setting.substring(equals + 1));
        }
        return recipes().loadWith(keys);
    }
}
