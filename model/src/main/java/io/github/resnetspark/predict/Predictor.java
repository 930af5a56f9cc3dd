package io.github.resnetspark.predict;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.predict.PictureBatch.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Classifies pictures with the model of a directory.
 *
 * <p>Any number of threads may use one predictor at once. Each decodes its pictures itself; the network runs on one thread of the
 * predictor's own, which takes one batch after another and computes with all cores ({@code OMP_NUM_THREADS} where that is set).
 * So more threads gain what decoding costs, and larger batches gain more.
 *
 * <p>A picture is treated as {@code preprocessing.json} says, by the code that evaluation uses. What a picture gets does not
 * depend on those beside it, but for the last digits of float32, which depend on the size of the batch.
 */
public final class Predictor implements AutoCloseable {
    /** Enough to keep many cores busy; 224-pixel inputs take 19 MB at that. */
    private static final int LARGEST_BATCH = 32;

    private final Bundle bundle;
    private final NetworkThread network;

    private Predictor(Bundle bundle, NetworkThread network) {
        this.bundle = bundle;
        this.network = network;
    }

    /**
     * Opens a model directory, checks every file of it against its sum, and loads the network.
     *
     * @throws BundleException if a file is missing, changed or not listed, or says what this release cannot read
     */
    public static Predictor open(Path model) throws IOException {
        Bundle bundle = Bundle.open(model);
        ComputationGraph network = bundle.network();
        Acceleration.freeze(network);
        return new Predictor(bundle, new NetworkThread(network));
    }

    /** The names of the classes, in the order of the probabilities. */
    public List<String> labels() {
        return bundle.labels();
    }

    /** How a picture becomes the network's input. */
    public Preprocessing preprocessing() {
        return bundle.preprocessing();
    }

    /**
     * Classifies one picture.
     *
     * @param encoded a JPEG, PNG, BMP or WebP file
     * @throws ImageException if it is none of them, or is damaged, cut off or too large
     */
    public Prediction predict(byte[] encoded) {
        return only(List.of(() -> encoded));
    }

    /**
     * Classifies one picture.
     *
     * @param file a JPEG, PNG, BMP or WebP file
     * @throws ImageException if there is none, or it cannot be read
     */
    public Prediction predict(Path file) {
        return only(List.of(EncodedPicture.of(file)));
    }

    /** Classifies pictures, in their order. One that cannot be read has a problem instead of a prediction. */
    public List<PictureResult> predictAll(List<byte[]> encoded) {
        return results(
                encoded.stream().<EncodedPicture>map(bytes -> () -> bytes).toList());
    }

    /** The same with files, of which no more are in memory than are decoded at a time. */
    public List<PictureResult> predictFiles(List<Path> files) {
        return results(files.stream().map(EncodedPicture::of).toList());
    }

    private Prediction only(List<EncodedPicture> picture) {
        PictureResult result = results(picture).get(0);
        return result.prediction()
                .orElseThrow(() -> new ImageException(result.problem().orElseThrow()));
    }

    /** Decodes one batch while the network computes the one before. */
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
            throw new IllegalStateException("bytes and local files tell their own problems", e);
        }
    }

    /** Gives the network's memory back once the batches under way are done. Whatever is asked later is refused. */
    @Override
    public void close() {
        network.close();
    }
}
