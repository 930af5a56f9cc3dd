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

/** Pictures that were made ready for a network together. One that cannot be read keeps its place, as zeros. */
public final class PictureBatch {
    private final int size;
    private final float[] values;
    /** One sentence for each picture, null where there is no problem. */
    private final String[] problems;

    private PictureBatch(int pictures, Preprocessing preprocessing) {
        this.size = preprocessing.inputSize();
        this.values = new float[Math.multiplyExact(pictures, preprocessing.inputLength())];
        this.problems = new String[pictures];
    }

    /** Which threads decode. */
    public enum Decoding {
        /** The one that asks. */
        ON_CALLING_THREAD,
        /** The JVM's common pool, too. */
        ON_ALL_CORES
    }

    /**
     * Reads, decodes, scales, crops and normalises pictures exactly as evaluation does.
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

    /** How many pictures were given, N. */
    public int pictures() {
        return problems.length;
    }

    /** Whether there is a picture to run a network for. */
    boolean anyReadable() {
        return Arrays.asList(problems).contains(null);
    }

    /** {@code [N, 3, S, S]}, not copied. */
    float[] values() {
        return values;
    }

    /** S. */
    int size() {
        return size;
    }

    /**
     * The pictures' results, in their order.
     *
     * @param labels the names of the classes
     * @param probabilities {@code [N][classes]}, as {@link BatchNetwork#probabilities} gives them
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
