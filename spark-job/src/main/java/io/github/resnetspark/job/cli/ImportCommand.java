package io.github.resnetspark.job.cli;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.WeightsImport;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Converts weights from elsewhere to a model directory. */
@Command(
        name = "import",
        description = {
            "Convert weights that were trained elsewhere to a model directory.",
            "",
            "Reads a NumPy .npz or a .safetensors file with PyTorch's parameter names. A prefix that all"
                    + " names share (module., _orig_mod., model.) is removed. The counters num_batches_tracked and"
                    + " n_averaged are ignored.",
            "",
            "Set data.mean and data.std to the values that the weights were trained with (RGB, on the scale" + " 0..1)."
        },
        footer = {
            "",
            "Example:",
            "  resnet-spark import --conf conf/cifar10-resnet20.conf --weights resnet20.npz \\",
            "      --set 'data.mean=[0.485, 0.456, 0.406]' --set 'data.std=[0.229, 0.224, 0.225]' \\",
            "      --to file:/models/resnet20"
        })
final class ImportCommand extends ReportingCommand {
    @Option(
            names = "--weights",
            paramLabel = "FILE",
            required = true,
            description = "The .npz or .safetensors file, on the local disk.")
    private Path weights;

    @Option(names = "--to", paramLabel = "URI", required = true, description = "Model directory to write.")
    private URI to;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Text file with one class name per line, in the order of the outputs. Default: prepare.labels,"
                            + " or else the numbers 0, 1, …")
    private Path labels;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = recipes().load();
        ResNetSpec network = recipe.model();
        List<String> problems = new ArrayList<>();
        if (recipe.data().mean().isEmpty() || recipe.data().std().isEmpty()) {
            problems.add(CommandFailures.noNormalization());
        }
        ModelDirectory directory = new ModelDirectory(to, SparkStart.hadoopConfiguration());
        List<String> names = labels(recipe, problems);
        problems.addAll(WeightsImport.problems(network, names, weights, directory));
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        Normalization normalization =
                Normalization.of(recipe.data().mean(), recipe.data().std());
        Preprocessing preprocessing =
                new Preprocessing(network.input(), recipe.data().evaluationResize(), normalization);
        String prefix = new WeightsImport(network, names, preprocessing).run(weights, directory);

        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", directory.toString());
        json.put("name", network.displayName());
        json.put("classes", network.classes());
        if (!prefix.isEmpty()) {
            json.put("droppedPrefix", prefix);
        }
        return Outcome.done(
                json,
                network.displayName() + " with the weights of " + weights
                        + (prefix.isEmpty() ? "" : ", without the prefix '" + prefix + "' of all names")
                        + ": " + directory);
    }

    /** The class names; plain numbers, and a problem, if their file cannot be read. */
    private List<String> labels(Recipe recipe, List<String> problems) {
        if (labels != null) {
            try {
                return Files.readAllLines(labels);
            } catch (IOException e) {
                problems.add(CommandFailures.labelsNotReadable(labels.toString()));
                return numbers(recipe);
            }
        }
        List<String> prepared =
                recipe.prepare().map(prepare -> prepare.labels()).orElse(List.of());
        return prepared.isEmpty() ? numbers(recipe) : prepared;
    }

    private static List<String> numbers(Recipe recipe) {
        return IntStream.range(0, recipe.model().classes())
                .mapToObj(Integer::toString)
                .toList();
    }
}
