package io.github.resnetspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether pictures of which the network is 80 % sure are right in 80 % of the cases: the expected calibration error of Guo
 * et al. 2017, <i>On Calibration of Modern Neural Networks</i>, with their 15 bins of equal width.
 *
 * @param bins of the most probable class's probability p: bin b has those with b / 15 &lt; p ≤ (b + 1) / 15
 */
public record Calibration(List<Bin> bins) implements Serializable {
    /** How many bins there are. */
    public static final int BINS = 15;

    /** Nothing seen yet. */
    public static final Calibration NONE = new Calibration(Collections.nCopies(BINS, new Bin(0, 0, 0)));

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Pictures of whose class the network was about equally sure.
     *
     * @param examples how many
     * @param correct of them whose most probable class is right
     * @param confidenceSum the probabilities of their most probable classes, summed
     */
    public record Bin(long examples, long correct, double confidenceSum) implements Serializable {
        private Bin plus(Bin other) {
            return new Bin(examples + other.examples, correct + other.correct, confidenceSum + other.confidenceSum);
        }
    }

    /** The bin, from 0, that a probability belongs to. */
    static int bin(float confidence) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.ceil((double) confidence * BINS) - 1));
    }

    /** Both together. */
    public Calibration plus(Calibration other) {
        List<Bin> sum = new ArrayList<>(BINS);
        for (int bin = 0; bin < BINS; bin++) {
            sum.add(bins.get(bin).plus(other.bins.get(bin)));
        }
        return new Calibration(sum);
    }

    /** The mean distance between how sure and how right, 0 to 1, each bin weighted by its pictures; of at least one. */
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
