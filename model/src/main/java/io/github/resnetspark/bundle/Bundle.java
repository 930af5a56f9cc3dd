package io.github.resnetspark.bundle;

import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.Preprocessing.PreprocessingException;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.network.ResNetSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** An open model directory: complete, with all checksums verified. */
public final class Bundle {
    /** The name of the file that lists all other files. It is written last, so a directory that has it is complete. */
    public static final String CHECK_SUMS = ChecksumList.FILE_NAME;

    /** The names of all files that a model directory may have, in addition to that list. */
    public static final Set<String> FILES = BundleFiles.ALL;

    /** The name of the file with the network. No other program writes files of that name. */
    public static final String NETWORK = BundleFiles.NETWORK;

    private final Path directory;
    private final BundleContents contents;

    private Bundle(Path directory, BundleContents contents) {
        this.directory = directory;
        this.contents = contents;
    }

    /**
     * Opens a model directory: verifies the checksums of all files, then reads the files, then checks that they agree.
     * Only {@link #network} loads the weights.
     *
     * @throws BundleException if a file is missing, changed or not listed, or if this release cannot read it
     */
    public static Bundle open(Path directory) throws IOException {
        CheckSums.verify(directory);
        NetworkFile.requireEntries(directory.resolve(BundleFiles.NETWORK));
        ResNetSpec spec = ModelJson.read(
                text(directory, BundleFiles.DESCRIPTION),
                directory.resolve(BundleFiles.DESCRIPTION).toString());
        Preprocessing preprocessing = preprocessing(directory);
        List<String> labels = labels(text(directory, BundleFiles.LABELS));
        try {
            return new Bundle(
                    directory,
                    new BundleContents(
                            spec, labels, preprocessing, text(directory, BundleFiles.METRICS), provenance(directory)));
        } catch (IllegalArgumentException e) {
            throw new BundleException(BundleFailures.inconsistent(directory.toString(), e.getMessage()), e);
        }
    }

    /**
     * The names of the files that a directory's {@code SHA256SUMS} lists. All are plain names. The files need not
     * exist.
     *
     * @throws BundleException if there is no such list, or it names a file outside the directory
     */
    public static Set<String> listed(Path directory) throws IOException {
        return CheckSums.read(directory).names();
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /** The network's architecture. */
    public ResNetSpec spec() {
        return contents.spec();
    }

    /** The names of the classes, in the order of the network's outputs. */
    public List<String> labels() {
        return contents.labels();
    }

    /** How a picture is converted to the network's input. */
    public Preprocessing preprocessing() {
        return contents.preprocessing();
    }

    /** The model's evaluation: the text of {@code metrics.json}, one JSON object. */
    public String metricsJson() {
        return contents.metricsJson();
    }

    /** The model's origin: the text of {@code provenance.json}, one JSON object. Older models have none. */
    public Optional<String> provenanceJson() {
        return contents.provenanceJson();
    }

    /** Everything except the weights, for writing the model again. */
    public BundleContents contents() {
        return contents;
    }

    /**
     * Loads the network with the fast kernels. Input: pictures {@code [N, 3, S, S]}. Output: probabilities
     * {@code [N, classes]}. Every call returns a new network. A network is not thread-safe. Before many predictions, call
     * {@code Acceleration.settle}, or each of them reads all weights again. Close the network after use.
     *
     * @throws BundleException if the weights do not fit {@link #spec}
     */
    public ComputationGraph network() throws IOException {
        return network(AccelSettings.DEFAULT);
    }

    /**
     * As {@link #network()}, with a choice of kernels.
     *
     * @throws IllegalStateException if this machine does not support the settings
     */
    public ComputationGraph network(AccelSettings accel) throws IOException {
        return NetworkFile.read(directory.resolve(BundleFiles.NETWORK), spec(), accel);
    }

    /** One label per line. An editor may have added a byte-order mark, carriage returns or empty lines at the end. */
    private static List<String> labels(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return plain.stripTrailing().lines().toList();
    }

    private static Optional<String> provenance(Path directory) throws IOException {
        return Files.exists(directory.resolve(BundleFiles.PROVENANCE))
                ? Optional.of(text(directory, BundleFiles.PROVENANCE))
                : Optional.empty();
    }

    private static Preprocessing preprocessing(Path directory) throws IOException {
        try {
            return Preprocessing.fromJson(
                    text(directory, BundleFiles.PREPROCESSING),
                    directory.resolve(BundleFiles.PREPROCESSING).toString());
        } catch (PreprocessingException e) {
            throw new BundleException(e.getMessage(), e);
        }
    }

    private static String text(Path directory, String name) throws IOException {
        try {
            return Files.readString(directory.resolve(name));
        } catch (CharacterCodingException e) {
            throw new BundleException(
                    BundleFailures.notUtf8(directory.resolve(name).toString()), e);
        }
    }
}
