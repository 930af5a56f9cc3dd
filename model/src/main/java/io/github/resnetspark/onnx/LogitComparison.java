package io.github.resnetspark.onnx;

import java.util.Locale;
import java.util.Optional;

/** The logits of two forms of one network, picture by picture. */
final class LogitComparison {
    /** As a part of the largest logit. */
    private static final double TOLERANCE = 1e-4;

    private int pictures;
    private int otherClass;
    private double largest;
    private double largestDifference;

    /**
     * Adds some pictures.
     *
     * @param expected {@code [pictures][classes]}
     * @param found of the other form, of the same shape
     */
    void add(float[][] expected, float[][] found) {
        for (int i = 0; i < expected.length; i++) {
            double largestHere = 0;
            for (int label = 0; label < expected[i].length; label++) {
                // Math.max keeps NaN.
                largestHere = Math.max(largestHere, Math.abs(expected[i][label]));
                largestDifference =
                        Math.max(largestDifference, Math.abs((double) expected[i][label] - found[i][label]));
            }
            // Two classes that the network itself hardly tells apart are the same.
            double lost = expected[i][highest(expected[i])] - expected[i][highest(found[i])];
            otherClass += lost > TOLERANCE * largestHere ? 1 : 0;
            largest = Math.max(largest, largestHere);
            pictures++;
        }
    }

    /** Refuses two that are not the same. */
    void require() throws OnnxException {
        if (!Double.isFinite(largest)) {
            throw new OnnxException("The network gives logits that are no finite numbers, so nothing can be compared."
                    + " Train or import it again.");
        }
        Optional<String> difference = difference();
        if (difference.isPresent()) {
            throw new OnnxException("The exported model is not the network: " + difference.get()
                    + ". Use the DL4J file of this model instead.");
        }
    }

    /** How far the two are apart, in words; nothing if they are the same. */
    Optional<String> difference() {
        boolean same = Double.isFinite(largest) && largestDifference <= TOLERANCE * largest && otherClass == 0;
        return same
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "over %d pictures its logits differ by up to %.3g, where the largest is %.3g, and %d get another"
                                + " class",
                        pictures,
                        largestDifference,
                        largest,
                        otherClass));
    }

    private static int highest(float... logits) {
        int highest = 0;
        for (int label = 1; label < logits.length; label++) {
            highest = logits[label] > logits[highest] ? label : highest;
        }
        return highest;
    }
}
