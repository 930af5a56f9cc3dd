package io.github.resnetspark.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The network's prediction for one picture. */
public final class Prediction {
    private final List<String> labels;
    private final float[] probabilities;

    /**
     * @param labels the names of the classes
     * @param probabilities of these classes, not copied
     */
    Prediction(List<String> labels, float... probabilities) {
        this.labels = labels;
        this.probabilities = probabilities;
    }

    /** The probability of each class, in the order of the network's outputs. They sum to 1. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** The most probable class; the first one if several are equally probable. */
    public Candidate best() {
        return top(1).get(0);
    }

    /**
     * The most probable classes, most probable first.
     *
     * @param count the number of classes, at least 1; all classes if there are fewer
     */
    public List<Candidate> top(int count) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(index -> new Candidate(index, labels.get(index), probabilities[index]))
                .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
                .limit(count)
                .toList();
    }
}
