package io.github.resnetspark.bundle;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.text.ShownText;
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

/** {@code model.dl4j.zip}: the network as DL4J's own {@code ModelSerializer} writes it, of stock classes only. */
final class NetworkFile {
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final Set<String> ENTRIES = Set.of("configuration.json", COEFFICIENTS);

    private NetworkFile() {}

    /** Saves the weights in the plain network for inference, whatever updater or regularization {@code network} has. */
    static void write(Path file, ResNetSpec spec, ComputationGraph network) throws IOException {
        ComputationGraph plain = ResNet.create(spec, 0);
        Optional<String> difference = fill(plain, network);
        if (difference.isPresent()) {
            throw new IllegalArgumentException("the network is no " + spec.displayName() + " with " + spec.classes()
                    + " classes: it " + difference.get() + ".");
        }
        ModelSerializer.writeModel(plain, file.toFile(), false);
    }

    /**
     * The network of {@code spec}, built anew on the fast kernels, with the file's weights. Its configuration is not read:
     * what a file from elsewhere names there would be made, whatever its class and size.
     */
    static ComputationGraph read(Path file, ResNetSpec spec) throws IOException {
        requireEntries(file);
        ComputationGraph network = ResNet.create(spec, 0);
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(COEFFICIENTS)))) {
            float[] values = Coefficients.read(in, network.numParams());
            network.setParams(Nd4j.createFromArray(values));
            return network;
        } catch (Coefficients.BadCoefficientsException e) {
            throw new BundleException(
                    file + " is no " + spec.displayName() + " with " + spec.classes() + " classes, which "
                            + BundleFiles.DESCRIPTION + " says it is: it " + e.getMessage()
                            + ". Export the model again.",
                    e);
        } catch (EOFException | UTFDataFormatException | ZipException e) {
            throw new BundleException(file + " is cut off or damaged within its weights. Export the model again.", e);
        }
    }

    /** Copies all weights by the layers' names; what makes the two different networks, if anything does. */
    private static Optional<String> fill(ComputationGraph to, ComputationGraph from) {
        List<String> missing = LayerWeights.copyMatching(from, to);
        if (!missing.isEmpty()) {
            return Optional.of("lacks " + String.join(", ", missing));
        }
        return from.numParams() == to.numParams()
                ? Optional.empty()
                : Optional.of("has " + from.numParams() + " parameters, not " + to.numParams());
    }

    /** Refuses a file that is no zip of exactly DL4J's entries: another name may be a path out of the directory. */
    static void requireEntries(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names = Collections.list(zip.entries()).stream()
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
            if (!names.equals(ENTRIES.stream().sorted().toList())) {
                throw new BundleException(file + " holds ["
                        + ShownText.first(names.stream().map(ShownText::start).toList()) + "] but a network file holds "
                        + ENTRIES.stream().sorted().toList() + " and nothing else. Export the model again.");
            }
        } catch (ZipException e) {
            throw new BundleException(file + " is not a zip file (" + e.getMessage() + "). Export the model again.", e);
        }
    }
}
