package io.github.resnetspark.bundle;

import io.github.resnetspark.message.model.BundleFailures;
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

/** Checks a model directory before others use it. */
public final class SmokeTest {
    private SmokeTest() {}

    /**
     * Loads every file and compares each form of the network with {@code model.dl4j.zip}. For generated pictures, the
     * logits may differ by at most 1e-4 of the largest logit, and the most probable classes must be the same.
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
        // The network itself first: its logits may be NaN.
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
            throw new BundleException(BundleFailures.doesNotLoad(file.toString(), e.getMessage()), e);
        }
    }

    private static Optional<String> ofOnnx(Path file, FormComparison comparison) throws IOException {
        try {
            return comparison.difference(file);
        } catch (OnnxException e) {
            throw new BundleException(BundleFailures.doesNotLoad(file.toString(), e.getMessage()), e);
        }
    }

    private static void requireNone(Path directory, String name, Optional<String> difference) throws BundleException {
        if (difference.isPresent()) {
            throw new BundleException(
                    BundleFailures.otherNetwork(directory.resolve(name).toString(), difference.get()));
        }
    }
}
