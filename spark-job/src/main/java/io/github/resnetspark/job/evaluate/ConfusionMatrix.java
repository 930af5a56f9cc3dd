package io.github.resnetspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often pictures of one class were taken for another. Only what happened is kept: a thousand classes have a million
 * cells, of which an evaluation fills no more than it has pictures.
 *
 * @param cells how many pictures, at least 1 each
 */
public record ConfusionMatrix(SortedMap<Cell, Long> cells) implements Serializable {
    /** Nothing seen yet. */
    public static final ConfusionMatrix NONE = new ConfusionMatrix(new TreeMap<>());

    public ConfusionMatrix {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /**
     * A class and what it was taken for, as numbers from 0.
     *
     * @param actual the picture's class
     * @param predicted the most probable class
     */
    public record Cell(int actual, int predicted) implements Serializable, Comparable<Cell> {
        private static final Comparator<Cell> ORDER =
                Comparator.comparingInt(Cell::actual).thenComparingInt(Cell::predicted);

        @Override
        public int compareTo(Cell other) {
            return ORDER.compare(this, other);
        }
    }

    /** Both together. */
    public ConfusionMatrix plus(ConfusionMatrix other) {
        SortedMap<Cell, Long> sum = new TreeMap<>(cells);
        other.cells.forEach((cell, count) -> sum.merge(cell, count, Long::sum));
        return new ConfusionMatrix(sum);
    }

    /**
     * How each class fared.
     *
     * @param classes how many there are, more than any number in the cells
     */
    public List<ClassCounts> byClass(int classes) {
        long[] examples = new long[classes];
        long[] predicted = new long[classes];
        long[] correct = new long[classes];
        for (Map.Entry<Cell, Long> entry : cells.entrySet()) {
            Cell cell = entry.getKey();
            examples[cell.actual()] += entry.getValue();
            predicted[cell.predicted()] += entry.getValue();
            correct[cell.actual()] += cell.actual() == cell.predicted() ? entry.getValue() : 0;
        }
        List<ClassCounts> counts = new ArrayList<>(classes);
        for (int label = 0; label < classes; label++) {
            counts.add(new ClassCounts(examples[label], predicted[label], correct[label]));
        }
        return counts;
    }

    /**
     * How one class fared in an evaluation.
     *
     * @param examples pictures of it
     * @param predicted pictures, of whichever class, that were taken for it
     * @param correct pictures of it that were taken for it
     */
    public record ClassCounts(long examples, long predicted, long correct) {

        /** The share of its pictures that were recognised, 0 to 1; nothing where there were none. */
        public OptionalDouble recall() {
            return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / examples);
        }

        /** The share of right ones among the pictures that were taken for it, 0 to 1; nothing where there were none. */
        public OptionalDouble precision() {
            return predicted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / predicted);
        }
    }
}
