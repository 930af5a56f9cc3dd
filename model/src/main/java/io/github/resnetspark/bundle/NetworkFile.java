package io.github.resnetspark.bundle;

import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.weights.LayerWeights;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/** {@code model.dl4j.zip}: the network as DL4J's {@code ModelSerializer} writes it, with stock classes only. */
final class NetworkFile {
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final Set<String> ENTRIES = Set.of("configuration.json", COEFFICIENTS);

    private NetworkFile() {}

    /** Saves the weights in a network for inference, without the updater and regularization of {@code network}. */
    static void write(Path file, ResNetSpec spec, ComputationGraph network) throws IOException {
        ComputationGraph plain = ResNet.create(spec, 0);
        Optional<String> difference = fill(plain, network);
        if (difference.isPresent()) {
            throw new IllegalArgumentException("The network is not a " + spec.displayName() + " with " + spec.classes()
                    + " classes: it " + difference.get() + ".");
        }
        ModelSerializer.writeModel(plain, file.toFile(), false);
    }

    /**
     * Builds the network of {@code spec} with the fast kernels and the file's weights. The file's configuration is not
     * read: an untrusted file could name any class and size there.
     */
    static ComputationGraph read(Path file, ResNetSpec spec, AccelSettings accel) throws IOException {
        requireEntries(file);
        ComputationGraph network = ResNet.create(spec, 0, accel);
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(COEFFICIENTS)))) {
            float[] values = Coefficients.read(in, network.numParams());
            network.setParams(Nd4j.createFromArray(values));
            return network;
        } catch (Coefficients.BadCoefficientsException e) {
            throw new BundleException(
                    BundleFailures.otherWeights(
                            file.toString(),
                            spec.displayName(),
                            spec.classes(),
                            BundleFiles.DESCRIPTION,
                            e.getMessage()),
                    e);
        } catch (EOFException | UTFDataFormatException | ZipException e) {
            throw new BundleException(BundleFailures.truncatedWeights(file.toString()), e);
        }
    }

    /** Copies all weights by the names of the layers. Returns how the two networks differ, or empty if they do not. */
    private static Optional<String> fill(ComputationGraph to, ComputationGraph from) {
        List<String> missing = LayerWeights.copyMatching(from, to);
        if (!missing.isEmpty()) {
            return Optional.of("lacks " + String.join(", ", missing));
        }
        return from.numParams() == to.numParams()
                ? Optional.empty()
                : Optional.of(BundleReasons.parameterCount(from.numParams(), to.numParams()));
    }

    /**
     * Rejects a file that is not a zip with exactly DL4J's entries: other names could be paths out of the directory.
     */
    static void requireEntries(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names = Collections.list(zip.entries()).stream()
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
            if (!names.equals(ENTRIES.stream().sorted().toList())) {
                throw new BundleException(BundleFailures.zipEntries(
                        file.toString(), names, ENTRIES.stream().sorted().toList()));
            }
        } catch (ZipException e) {
            throw new BundleException(BundleFailures.notAZip(file.toString(), e.getMessage()), e);
        }
    }
}
