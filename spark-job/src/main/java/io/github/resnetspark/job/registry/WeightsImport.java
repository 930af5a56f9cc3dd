package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.bundle.Provenance;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.job.RegistryFailures;
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

/** Converts weights that were trained elsewhere to a model directory. */
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
     * All problems that can be found without reading the weights: the directory exists, the file of weights does not, there are too
     * few or too many labels, or a label is not a valid name.
     */
    public static List<String> problems(ResNetSpec network, List<String> labels, Path weights, ModelDirectory to)
            throws IOException {
        List<String> problems = new ArrayList<>(to.obstacle().stream().toList());
        if (!Files.isRegularFile(weights)) {
            problems.add(RegistryFailures.notAWeightsFile(weights.toString()));
        }
        if (labels.size() != network.classes()) {
            problems.add(RegistryFailures.labelCountDiffers(labels.size(), network.classes()));
        }
        problems.addAll(ClassNames.problems(labels, RegistryFailures.classNameRemedy()));
        return problems;
    }

    /**
     * Reads {@code .npz} or {@code .safetensors} weights with PyTorch's parameter names and writes the model.
     *
     * @return the prefix of all names that was removed, such as {@code module.}; usually empty
     * @throws RecipeException with every {@linkplain #problems problem}
     * @throws IOException if the weights do not fit the network, with everything that is missing, unexpected or has another shape
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
