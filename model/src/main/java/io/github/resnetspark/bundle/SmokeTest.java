package io.github.resnetspark.bundle;

import io.github.resnetspark.onnx.FormComparison;
import io.github.resnetspark.onnx.OnnxException;
import io.github.resnetspark.weights.TorchWeights;
import io.github.resnetspark.weights.WeightsFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Uses a model directory as its readers will, before they do. */
public final class SmokeTest {
    private static final String REMEDY = ". Export the model again.";

    private SmokeTest() {}

    /**
     * Loads every file, and holds each form of the network that is there against {@code model.dl4j.zip}: the same logits for
     * pictures drawn for the purpose, to 1e-4 of the largest, and the same classes.
     *
     * @return the names of the forms that were compared
     * @throws BundleException with what is wrong
     */
    public static List<String> run(Path directory) throws IOException {
        Bundle bundle = Bundle.open(directory);
        ComputationGraph network = bundle.network();
        try {
            return compared(directory, bundle, network);
        } finally {
            network.close();
        }
    }

    private static List<String> compared(Path directory, Bundle bundle, ComputationGraph network) throws IOException {
        FormComparison comparison = new FormComparison(network, bundle.preprocessing());
        // The network itself: its logits may be no numbers.
        requireNone(directory, BundleFiles.NETWORK, comparison.difference(network));
        List<String> compared = new ArrayList<>(List.of(BundleFiles.NETWORK));
        Path safetensors = directory.resolve(BundleFiles.SAFETENSORS);
        if (Files.exists(safetensors)) {
            requireNone(directory, BundleFiles.SAFETENSORS, ofTorch(safetensors, bundle, comparison));
            compared.add(BundleFiles.SAFETENSORS);
        }
        Path onnx = directory.resolve(BundleFiles.ONNX);
        if (Files.exists(onnx)) {
            requireNone(directory, BundleFiles.ONNX, ofOnnx(onnx, comparison));
            compared.add(BundleFiles.ONNX);
        }
        return List.copyOf(compared);
    }

    private static Optional<String> ofTorch(Path file, Bundle bundle, FormComparison comparison) throws IOException {
        ComputationGraph network = fromTorch(file, bundle);
        try {
            return comparison.difference(network);
        } finally {
            network.close();
        }
    }

    private static ComputationGraph fromTorch(Path file, Bundle bundle) throws IOException {
        try {
            return TorchWeights.network(bundle.spec(), TorchWeights.read(file));
        } catch (WeightsFormatException e) {
            throw new BundleException(file + " does not load: " + e.getMessage(), e);
        }
    }

    private static Optional<String> ofOnnx(Path file, FormComparison comparison) throws IOException {
        try {
            return comparison.difference(file);
        } catch (OnnxException e) {
            throw new BundleException(file + " does not load: " + e.getMessage(), e);
        }
    }

    private static void requireNone(Path directory, String name, Optional<String> difference) throws BundleException {
        if (difference.isPresent()) {
            throw new BundleException(
                    directory.resolve(name) + " is not the network of the directory: " + difference.get() + REMEDY);
        }
    }
}
