package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.bundle.Provenance;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.ClassNames;
import io.github.resnetspark.weights.Tensor;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes a model directory of weights that were trained elsewhere. */
public final class WeightsImport {
    private final ResNetSpec network;
    private final List<String> labels;
    private final Preprocessing preprocessing;

    /**
     * @param labels the name of each class, in the order of the network's outputs
     * @param preprocessing what the weights were trained with
     */
    public WeightsImport(ResNetSpec network, List<String> labels, Preprocessing preprocessing) {
        this.network = network;
        this.labels = List.copyOf(labels);
        this.preprocessing = preprocessing;
    }

    /**
     * What can be seen to be wrong without reading the weights: the place is taken, the weights are not there, the labels
     * are too few or many or no names.
     */
    public static List<String> problems(ResNetSpec network, List<String> labels, Path weights, ModelDirectory to)
            throws IOException {
        List<String> problems = new ArrayList<>(to.obstacle().stream().toList());
        if (!Files.isRegularFile(weights)) {
            problems.add(weights + " is not a file. Give --weights the .npz or .safetensors file of the weights.");
        }
        if (labels.size() != network.classes()) {
            problems.add("There are " + labels.size() + " labels but model.classes is " + network.classes()
                    + ". Give --labels a file with one class to a line.");
        }
        problems.addAll(ClassNames.problems(labels, "Give every class a name of one line."));
        return problems;
    }

    /**
     * Reads {@code .npz} or {@code .safetensors} weights with torch's names and writes the model.
     *
     * @return what all names began with and was left out, such as {@code module.}; mostly empty
     * @throws RecipeException with every {@linkplain #problems problem}
     * @throws IOException if the weights do not fit the network, with all that is missing, unexpected or of another shape
     */
    public String run(Path weights, ModelDirectory to) throws IOException {
        List<String> problems = problems(network, labels, weights, to);
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        Instant started = Instant.now();
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path bundle = scratch.resolve("bundle");
            Map<String, Tensor> tensors = TorchWeights.read(weights);
            ComputationGraph filled = TorchWeights.network(network, tensors);
            Provenance provenance = new Provenance(
                    "import",
                    started,
                    Instant.now(),
                    Map.of("weights", weights.toString(), "weightsSha256", Sha256.of(weights)),
                    Map.of(),
                    Map.of());
            BundleWriter.write(
                    bundle,
                    new BundleContents(network, labels, preprocessing, "{}", Optional.of(provenance.toJson())),
                    filled);
            to.publish(bundle);
            return TorchWeights.sharedPrefix(tensors);
        }
    }
}
