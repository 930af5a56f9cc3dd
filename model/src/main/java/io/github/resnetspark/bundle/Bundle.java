package io.github.resnetspark.bundle;

import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.Preprocessing.PreprocessingException;
import io.github.resnetspark.network.ResNetSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A model directory that was opened: complete, and every byte as it was written. */
public final class Bundle {
    /** The name of the list of all other files, which is written last: where it is, a model is complete. */
    public static final String CHECK_SUMS = ChecksumList.FILE_NAME;

    private final Path directory;
    private final BundleContents contents;

    private Bundle(Path directory, BundleContents contents) {
        this.directory = directory;
        this.contents = contents;
    }

    /**
     * Opens a model directory: the check sums of all files first, then what the files say, then whether they agree. The
     * weights are loaded only by {@link #network}.
     *
     * @throws BundleException if a file is missing, changed or not listed, or says what this release cannot read
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
            throw new BundleException(directory + " contradicts itself: " + e.getMessage(), e);
        }
    }

    /**
     * The names of the files that a directory's {@code SHA256SUMS} lists, plain names all; the files need not be there.
     *
     * @throws BundleException if there is no such list, or it names a file outside the directory
     */
    public static Set<String> listed(Path directory) throws IOException {
        return CheckSums.read(directory).names();
    }

    /** Where it was opened. */
    public Path directory() {
        return directory;
    }

    /** Which network it holds. */
    public ResNetSpec spec() {
        return contents.spec();
    }

    /** The names of the classes, in the order of the network's outputs. */
    public List<String> labels() {
        return contents.labels();
    }

    /** How a picture becomes the network's input. */
    public Preprocessing preprocessing() {
        return contents.preprocessing();
    }

    /** The figures that the model reached: the text of {@code metrics.json}, one JSON object. */
    public String metricsJson() {
        return contents.metricsJson();
    }

    /** Where the model comes from: the text of {@code provenance.json}, one JSON object; not there in older models. */
    public Optional<String> provenanceJson() {
        return contents.provenanceJson();
    }

    /** All that it says beside the weights, to write it again. */
    public BundleContents contents() {
        return contents;
    }

    /**
     * Loads the network, on the fast kernels: pictures {@code [N, 3, S, S]} in, probabilities {@code [N, classes]} out. A
     * new one at each call; a network is not for several threads at once.
     *
     * @throws BundleException if the weights are not those of {@link #spec}
     */
    public ComputationGraph network() throws IOException {
        return NetworkFile.read(directory.resolve(BundleFiles.NETWORK), spec());
    }

    /** One label per line; an editor may have added a byte-order mark, carriage returns, or empty lines at the end. */
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
            throw new BundleException(directory.resolve(name) + " is not UTF-8 text. Export the model again.", e);
        }
    }
}
