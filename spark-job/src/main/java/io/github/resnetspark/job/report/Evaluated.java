package io.github.resnetspark.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.NotablePictures;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The newest evaluation of a run, as in {@code evaluation.json} of its run directory.
 *
 * @param epoch the epoch that it follows
 * @param weights what was evaluated: {@code averaged}, {@code ema}, or {@code model} for the finished model
 * @param examples number of pictures
 * @param top1 share whose most probable class is right
 * @param confusion actual class, predicted class and number of pictures, for all pairs that occur
 * @param calibration by probability
 * @param notable pictures to look at
 */
record Evaluated(
        int epoch,
        String weights,
        long examples,
        double top1,
        List<long[]> confusion,
        List<Bin> calibration,
        NotablePictures notable) {
    /** Name of the file. */
    static final String FILE = "evaluation.json";

    /** The weights of the finished model. */
    static final String MODEL = "model";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /**
     * Pictures with similar probabilities.
     *
     * @param probability their mean probability of the most probable class
     * @param examples how many
     * @param correct how many of them are right
     */
    record Bin(double probability, long examples, long correct) {}

    static Evaluated of(int epoch, String weights, EvaluationCounts counts) {
        List<long[]> cells = new ArrayList<>();
        counts.confusion()
                .cells()
                .forEach((cell, count) -> cells.add(new long[] {cell.actual(), cell.predicted(), count}));
        return new Evaluated(
                epoch,
                weights,
                counts.examples(),
                counts.top1(),
                cells,
                counts.calibration().bins().stream()
                        .filter(bin -> bin.examples() > 0)
                        .map(bin -> new Bin(bin.confidenceSum() / bin.examples(), bin.examples(), bin.correct()))
                        .toList(),
                counts.notable());
    }

    /** The confusion matrix. */
    ConfusionMatrix matrix() {
        SortedMap<ConfusionMatrix.Cell, Long> cells = new TreeMap<>();
        confusion.forEach(cell -> cells.put(new ConfusionMatrix.Cell((int) cell[0], (int) cell[1]), cell[2]));
        return new ConfusionMatrix(cells);
    }

    /** Whether all of it is there, and all class numbers are less than a number of classes. */
    boolean isWithin(int classes) {
        return confusion != null
                && calibration != null
                && notable != null
                && confusion.stream()
                        .allMatch(cell -> cell.length == 3 && isClass(cell[0], classes) && isClass(cell[1], classes))
                && Stream.of(notable.mistakes(), notable.unsure())
                        .flatMap(List::stream)
                        .allMatch(picture -> isClass(picture.label(), classes)
                                && isClass(picture.predicted(), classes)
                                && picture.thumbnail() != null);
    }

    private static boolean isClass(long number, int classes) {
        return number >= 0 && number < classes;
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws JsonProcessingException if the text is not that of such a file */
    static Evaluated fromJson(String text) throws JsonProcessingException {
        return JSON.readValue(text, Evaluated.class);
    }
}
