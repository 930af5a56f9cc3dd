package io.github.resnetspark.onnx;

import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.message.model.OnnxReasons;
import java.util.Optional;

/** Compares the logits of two forms of one network, picture by picture. */
final class LogitComparison {
    /** Relative to the largest logit. */
    private static final double TOLERANCE = 1e-4;

    private int pictures;
    private int otherClass;
    private double largest;
    private double largestDifference;

    /**
     * Adds some pictures.
     *
     * @param expected {@code [pictures][classes]}
     * @param found by the other form, of the same shape
     */
    void add(float[][] expected, float[][] found) {
        for (int i = 0; i < expected.length; i++) {
            double largestHere = 0;
            for (int label = 0; label < expected[i].length; label++) {
                // Math.max propagates NaN.
                largestHere = Math.max(largestHere, Math.abs(expected[i][label]));
                largestDifference =
                        Math.max(largestDifference, Math.abs((double) expected[i][label] - found[i][label]));
            }
            // Two classes with almost the same logit count as the same class.
            double lost = expected[i][highest(expected[i])] - expected[i][highest(found[i])];
            otherClass += lost > TOLERANCE * largestHere ? 1 : 0;
            largest = Math.max(largest, largestHere);
            pictures++;
        }
    }

    /** Fails if the two forms differ. */
    void require() throws OnnxException {
        if (!Double.isFinite(largest)) {
            throw new OnnxException(OnnxFailures.networkNotFinite());
        }
        Optional<String> difference = difference();
        if (difference.isPresent()) {
            throw new OnnxException(OnnxFailures.differs(difference.get()));
        }
    }

    /** How the two forms differ, in words; empty if they are the same. */
    Optional<String> difference() {
        boolean same = Double.isFinite(largest) && largestDifference <= TOLERANCE * largest && otherClass == 0;
        return same
                ? Optional.empty()
                : Optional.of(OnnxReasons.logits(pictures, largestDifference, largest, otherClass));
    }

    private static int highest(float... logits) {
        int highest = 0;
        for (int label = 1; label < logits.length; label++) {
            highest = logits[label] > logits[highest] ? label : highest;
        }
        return highest;
    }
}
