package io.github.resnetspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Calibration: whether the network is right for 80 % of the pictures for which it predicts a probability of 80 %.
 * Measured as the expected calibration error of Guo et al. 2017, <i>On Calibration of Modern Neural Networks</i>, with
 * 15 bins of equal width as in the paper.
 *
 * @param bins by the probability p of the most probable class: bin b contains pictures with b / 15 &lt; p ≤ (b + 1) /
 *     15
 */
public record Calibration(List<Bin> bins) implements Serializable {
    /** Number of bins. */
    public static final int BINS = 15;

    /** No pictures. */
    public static final Calibration NONE = new Calibration(Collections.nCopies(BINS, new Bin(0, 0, 0)));

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Pictures for which the network predicted a similar probability.
     *
     * @param examples number of pictures
     * @param correct number of them whose most probable class is right
     * @param confidenceSum sum of the probabilities of their most probable classes
     */
    public record Bin(long examples, long correct, double confidenceSum) implements Serializable {
        private Bin plus(Bin other) {
            return new Bin(examples + other.examples, correct + other.correct, confidenceSum + other.confidenceSum);
        }
    }

    /** The bin of a probability, from 0. */
    static int bin(float confidence) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.ceil((double) confidence * BINS) - 1));
    }

    /** The sum of both. */
    public Calibration plus(Calibration other) {
        List<Bin> sum = new ArrayList<>(BINS);
        for (int bin = 0; bin < BINS; bin++) {
            sum.add(bins.get(bin).plus(other.bins.get(bin)));
        }
        return new Calibration(sum);
    }

    /**
     * The expected calibration error, 0 to 1: the mean difference between confidence and accuracy, weighted by the
     * pictures of each bin. Needs at least one picture.
     */
    public double error() {
        double distances = 0;
        long examples = 0;
        for (Bin bin : bins) {
            distances += Math.abs(bin.correct() - bin.confidenceSum());
            examples += bin.examples();
        }
        return distances / examples;
    }
}
