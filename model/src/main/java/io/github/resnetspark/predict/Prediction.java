package io.github.resnetspark.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a network says of one picture. */
public final class Prediction {
    private final List<String> labels;
    private final float[] probabilities;

    /**
     * @param labels the names of the classes
     * @param probabilities of the same classes, not copied
     */
    Prediction(List<String> labels, float... probabilities) {
        this.labels = labels;
        this.probabilities = probabilities;
    }

    /** A probability for each class, in the order of the network's outputs; they sum to 1. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** The most probable class. Of equally probable ones it is the first. */
    public Candidate best() {
        return top(1).get(0);
    }

    /**
     * The most probable classes, in falling order.
     *
     * @param count how many, at least 1; all classes where there are fewer
     */
    public List<Candidate> top(int count) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(index -> new Candidate(index, labels.get(index), probabilities[index]))
                .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
                .limit(count)
                .toList();
    }
}
