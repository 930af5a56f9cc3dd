package io.github.resnetspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts the results of an evaluation, picture by picture. */
final class EvaluationTally {
    private final SortedMap<ConfusionMatrix.Cell, Long> cells = new TreeMap<>();
    private final long[] binExamples = new long[Calibration.BINS];
    private final long[] binCorrect = new long[Calibration.BINS];
    private final double[] binConfidences = new double[Calibration.BINS];
    private NotablePictures notable = NotablePictures.NONE;
    private long examples;
    private long errors;
    private long top5Errors;
    private double lossSum;

    /**
     * Adds a picture. A NaN counts as more probable than every other class, so the picture is an error unless it is
     * provably right.
     *
     * @param probabilities {@code [classes]}
     * @param label class of the picture
     * @param thumbnail the picture, called only if it is notable
     */
    EvaluationTally add(float[] probabilities, int label, Supplier<String> thumbnail) {
        int better = 0;
        for (int other = 0; other < probabilities.length; other++) {
            better += other != label && beats(probabilities, other, label) ? 1 : 0;
        }
        boolean known = !Float.isNaN(probabilities[label]);
        boolean correct = known && better < 1;
        examples++;
        errors += correct ? 0 : 1;
        top5Errors += known && better < 5 ? 0 : 1;
        lossSum += -Math.log(Math.max(probabilities[label], Float.MIN_NORMAL));
        int predicted = mostProbable(probabilities);
        cells.merge(new ConfusionMatrix.Cell(label, predicted), 1L, Long::sum);
        int bin = Calibration.bin(probabilities[predicted]);
        binExamples[bin]++;
        binCorrect[bin] += correct ? 1 : 0;
        binConfidences[bin] += probabilities[predicted];
        notable = notable.with(label, predicted, probabilities[predicted], thumbnail);
        return this;
    }

    private static boolean beats(float[] probabilities, int other, int label) {
        // Of equal probabilities the first counts as higher, as with argmax.
        return probabilities[other] == probabilities[label]
                ? other < label
                : !(probabilities[other] < probabilities[label]);
    }

    /** The first class with the highest probability, or the first NaN if there is one. */
    static int mostProbable(float[] probabilities) {
        int best = 0;
        for (int other = 1; other < probabilities.length && !Float.isNaN(probabilities[best]); other++) {
            best = probabilities[other] <= probabilities[best] ? best : other;
        }
        return best;
    }

    /** The counts of all pictures added. */
    EvaluationCounts counts() {
        List<Calibration.Bin> bins = new ArrayList<>(Calibration.BINS);
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            bins.add(new Calibration.Bin(binExamples[bin], binCorrect[bin], binConfidences[bin]));
        }
        return new EvaluationCounts(
                examples, errors, top5Errors, lossSum, new ConfusionMatrix(cells), new Calibration(bins), notable);
    }
}
