package io.github.resnetspark.predict;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.predict.PictureBatch.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies pictures with the model in a model directory.
 *
 * <p>Thread-safe. Each calling thread decodes its own pictures. The network runs on a separate thread, one batch at a
 * time, with all cores ({@code OMP_NUM_THREADS} if that is set). Calls that arrive while it is busy then run together, as
 * one batch of up to 32 pictures.
 *
 * <p>Pictures are preprocessed as {@code preprocessing.json} says, by the same code as in evaluation. The result of a
 * picture does not depend on the other pictures in its batch, except for the last digits of float32, which depend on
 * the batch size.
 */
public final class Predictor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Predictor.class);

    /** Large enough to keep many cores busy. 32 inputs of 224 pixels take 19 MB. */
    private static final int LARGEST_BATCH = 32;

    private final Bundle bundle;
    private final NetworkThread network;

    private Predictor(Bundle bundle, NetworkThread network) {
        this.bundle = bundle;
        this.network = network;
    }

    /**
     * Opens a model directory, verifies the checksums of all files and loads the network. Logs a warning if the JVM's
     * options leave too little memory outside the heap.
     *
     * @throws BundleException if a file is missing, changed or not listed, or if this release cannot read it
     */
    public static Predictor open(Path model) throws IOException {
        return open(model, Precision.F32);
    }

    /**
     * As {@link #open(Path)}, with a number format. With {@link Precision#BF16} activations and weights have
     * a mantissa of 8 bits, which is faster and changes probabilities in the third digit.
     *
     * @throws IllegalStateException if this machine does not support the format
     */
    public static Predictor open(Path model, Precision precision) throws IOException {
        Bundle bundle = Bundle.open(model);
        MemoryLimits.current()
                .warning(MemoryLimits.need(bundle.spec(), LARGEST_BATCH))
                .ifPresent(LOG::warn);
        return new Predictor(bundle, NetworkThread.of(() -> network(bundle, precision), LARGEST_BATCH));
    }

    private static ComputationGraph network(Bundle bundle, Precision precision) throws IOException {
        ComputationGraph network = bundle.network(new AccelSettings(Acceleration.AUTO, precision));
        Acceleration.freeze(network);
        return network;
    }

    /** The names of the classes, in the order of the probabilities. */
    public List<String> labels() {
        return bundle.labels();
    }

    /** How a picture is converted to the network's input. */
    public Preprocessing preprocessing() {
        return bundle.preprocessing();
    }

    /**
     * Classifies one picture.
     *
     * @param encoded a JPEG, PNG, BMP or WebP file
     * @throws ImageException if it has another format, or is damaged, truncated or too large
     */
    public Prediction predict(byte[] encoded) {
        return only(List.of(() -> encoded));
    }

    /**
     * Classifies one picture.
     *
     * @param file a JPEG, PNG, BMP or WebP file
     * @throws ImageException if the file is missing or cannot be read
     */
    public Prediction predict(Path file) {
        return only(List.of(EncodedPicture.of(file)));
    }

    /**
     * Classifies pictures and returns the results in the same order. A picture that cannot be read has a problem
     * instead of a prediction.
     */
    public List<PictureResult> predictAll(List<byte[]> encoded) {
        return results(
                encoded.stream().<EncodedPicture>map(bytes -> () -> bytes).toList());
    }

    /** The same with files. Only the files that are being decoded are in memory. */
    public List<PictureResult> predictFiles(List<Path> files) {
        return results(files.stream().map(EncodedPicture::of).toList());
    }

    private Prediction only(List<EncodedPicture> picture) {
        PictureResult result = results(picture).get(0);
        return result.prediction()
                .orElseThrow(() -> new ImageException(result.problem().orElseThrow()));
    }

    /** Decodes each batch while the network runs the previous one. */
    private List<PictureResult> results(List<EncodedPicture> pictures) {
        List<PictureResult> results = new ArrayList<>(pictures.size());
        NetworkThread.Answer before = null;
        for (int first = 0; first < pictures.size(); first += LARGEST_BATCH) {
            NetworkThread.Answer answer =
                    network.ask(decoded(pictures.subList(first, Math.min(first + LARGEST_BATCH, pictures.size()))));
            if (before != null) {
                results.addAll(before.results(labels()));
            }
            before = answer;
        }
        if (before != null) {
            results.addAll(before.results(labels()));
        }
        return results;
    }

    private PictureBatch decoded(List<EncodedPicture> pictures) {
        Decoding decoding = pictures.size() == 1 ? Decoding.ON_CALLING_THREAD : Decoding.ON_ALL_CORES;
        try {
            return PictureBatch.of(pictures, preprocessing(), decoding);
        } catch (IOException e) {
            throw new IllegalStateException("Reading bytes or local files reports its own problems", e);
        }
    }

    /** Frees the network's memory after the queued batches are done. Later calls fail. */
    @Override
    public void close() {
        network.close();
    }
}
