package io.github.resnetspark.bundle;

import io.github.resnetspark.file.AtomicWrite;
import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleNotices;
import io.github.resnetspark.onnx.OnnxException;
import io.github.resnetspark.onnx.OnnxModel;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a model directory atomically: first as a hidden directory beside its final location, which is then renamed.
 */
public final class BundleWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BundleWriter.class);

    private BundleWriter() {}

    /** Writes {@code model.onnx}, or leaves it out. */
    private interface OnnxStep {
        /** The form of the file that was written; empty if none was. */
        Optional<OnnxOptions> write(Path file) throws IOException;
    }

    /**
     * Writes a model. If ONNX Runtime cannot be loaded or does not reproduce the network's logits, the directory has no
     * {@code model.onnx} and a warning says why. The rest of the model is worth keeping after hours of training.
     *
     * @param directory must not exist or be empty; its parents are created
     * @param network the weights and running statistics; the updater and regularization are not written
     * @throws BundleException if the directory exists and is not empty
     * @throws IllegalArgumentException if the network does not fit the contents
     */
    public static void write(Path directory, BundleContents contents, ComputationGraph network) throws IOException {
        write(directory, contents, network, file -> {
            try {
                return form(network, file, OnnxOptions.asTrained(contents.preprocessing()));
            } catch (OnnxException e) {
                LOG.warn(BundleNotices.withoutOnnx(directory.toString(), BundleFiles.ONNX, e.getMessage()));
                return Optional.empty();
            }
        });
    }

    /**
     * Writes a model whose {@code model.onnx} has the given form.
     *
     * @throws OnnxException if that file cannot be written; nothing is written then
     */
    public static void write(Path directory, BundleContents contents, ComputationGraph network, OnnxOptions options)
            throws IOException {
        write(directory, contents, network, file -> form(network, file, options));
    }

    private static Optional<OnnxOptions> form(ComputationGraph network, Path file, OnnxOptions options)
            throws IOException {
        OnnxModel.write(network, file, options);
        return Optional.of(options);
    }

    private static void write(Path directory, BundleContents contents, ComputationGraph network, OnnxStep onnx)
            throws IOException {
        requireFree(directory);
        Path target = directory.toAbsolutePath().normalize();
        Files.createDirectories(target.getParent());
        try (AtomicWrite write = AtomicWrite.to(target)) {
            Path aside = write.aside();
            Files.createDirectory(aside);
            NetworkFile.write(aside.resolve(BundleFiles.NETWORK), contents.spec(), network);
            Files.writeString(aside.resolve(BundleFiles.DESCRIPTION), ModelJson.write(contents.spec()));
            Files.writeString(aside.resolve(BundleFiles.LABELS), String.join("\n", contents.labels()) + "\n");
            Files.writeString(
                    aside.resolve(BundleFiles.PREPROCESSING),
                    contents.preprocessing().toJson());
            Files.writeString(
                    aside.resolve(BundleFiles.METRICS), contents.metricsJson().strip() + "\n");
            if (contents.provenanceJson().isPresent()) {
                Files.writeString(
                        aside.resolve(BundleFiles.PROVENANCE),
                        contents.provenanceJson().get().strip() + "\n");
            }
            TorchWeights.write(aside.resolve(BundleFiles.SAFETENSORS), contents.spec(), network);
            Optional<OnnxOptions> form = onnx.write(aside.resolve(BundleFiles.ONNX));
            Files.writeString(aside.resolve(BundleFiles.CARD), ModelCard.of(contents, form));
            CheckSums.write(aside);
            write.commit();
        }
    }

    private static void requireFree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        if (Files.exists(directory.resolve(ChecksumList.FILE_NAME))) {
            throw new BundleException(BundleFailures.modelExists(directory.toString()));
        }
        if (!isEmptyDirectory(directory)) {
            throw new BundleException(BundleFailures.notEmpty(directory.toString()));
        }
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
