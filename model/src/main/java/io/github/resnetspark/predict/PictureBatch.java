package io.github.resnetspark.predict;

import io.github.resnetspark.image.EvaluationTransform;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Preprocessing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A batch of preprocessed pictures. A picture that cannot be read keeps its position and is all zeros. */
public final class PictureBatch {
    private final int size;
    private final float[] values;
    /** One sentence per picture, null if there is no problem. */
    private final String[] problems;

    private PictureBatch(int pictures, Preprocessing preprocessing) {
        this.size = preprocessing.inputSize();
        this.values = new float[Math.multiplyExact(pictures, preprocessing.inputLength())];
        this.problems = new String[pictures];
    }

    /** The threads that decode. */
    public enum Decoding {
        /** The calling thread. */
        ON_CALLING_THREAD,
        /** The calling thread and the JVM's common pool. */
        ON_ALL_CORES
    }

    /**
     * Reads, decodes, scales, crops and normalises pictures with the same code as evaluation.
     *
     * @param pictures JPEG, PNG, BMP or WebP files
     * @throws IOException if reading fails for another reason than one picture
     */
    public static PictureBatch of(List<EncodedPicture> pictures, Preprocessing preprocessing, Decoding decoding)
            throws IOException {
        PictureBatch batch = new PictureBatch(pictures.size(), preprocessing);
        ImageCodec codec = new ImageCodec();
        EvaluationTransform transform = new EvaluationTransform(preprocessing);
        IntStream places = IntStream.range(0, pictures.size());
        try {
            (decoding == Decoding.ON_ALL_CORES ? places.parallel() : places).forEach(i -> {
                try {
                    transform.apply(
                            codec.decode(pictures.get(i).read()), batch.values, i * preprocessing.inputLength());
                } catch (ImageException e) {
                    batch.problems[i] = e.getMessage();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return batch;
    }

    /** The number of pictures, N. */
    public int pictures() {
        return problems.length;
    }

    /** Whether at least one picture could be read. */
    boolean anyReadable() {
        return Arrays.asList(problems).contains(null);
    }

    /** {@code [N, 3, S, S]}, not copied. */
    float[] values() {
        return values;
    }

    /** The side S of the pictures, in pixels. */
    int size() {
        return size;
    }

    /**
     * The results in the order of the pictures.
     *
     * @param labels the names of the classes
     * @param probabilities {@code [N][classes]}, as {@link BatchNetwork#probabilities} returns them
     */
    public List<PictureResult> results(List<String> labels, float[][] probabilities) {
        List<PictureResult> results = new ArrayList<>(problems.length);
        for (int i = 0; i < problems.length; i++) {
            results.add(
                    problems[i] == null
                            ? PictureResult.of(new Prediction(labels, probabilities[i]))
                            : PictureResult.unreadable(problems[i]));
        }
        return results;
    }
}
