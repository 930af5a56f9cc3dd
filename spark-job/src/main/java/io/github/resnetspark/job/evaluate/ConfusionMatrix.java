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
 * A sparse confusion matrix: a thousand classes have a million cells, but an evaluation fills at most one for each
 * picture.
 *
 * @param cells number of pictures, at least 1 each
 */
public record ConfusionMatrix(SortedMap<Cell, Long> cells) implements Serializable {
    /** No pictures. */
    public static final ConfusionMatrix NONE = new ConfusionMatrix(new TreeMap<>());

    public ConfusionMatrix {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /**
     * An actual and a predicted class, as numbers from 0.
     *
     * @param actual class of the picture
     * @param predicted most probable class
     */
    public record Cell(int actual, int predicted) implements Serializable, Comparable<Cell> {
        private static final Comparator<Cell> ORDER =
                Comparator.comparingInt(Cell::actual).thenComparingInt(Cell::predicted);

        @Override
        public int compareTo(Cell other) {
            return ORDER.compare(this, other);
        }
    }

    /** The sum of both. */
    public ConfusionMatrix plus(ConfusionMatrix other) {
        SortedMap<Cell, Long> sum = new TreeMap<>(cells);
        other.cells.forEach((cell, count) -> sum.merge(cell, count, Long::sum));
        return new ConfusionMatrix(sum);
    }

    /**
     * The counts for each class.
     *
     * @param classes number of classes, greater than any class number in the cells
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
     * The counts of one class in an evaluation.
     *
     * @param examples pictures of this class
     * @param predicted pictures of any class that were predicted as this class
     * @param correct pictures of this class that were predicted as this class
     */
    public record ClassCounts(long examples, long predicted, long correct) {

        /**
         * Recall, 0 to 1: the fraction of this class's pictures that were predicted correctly. Empty if there are none.
         */
        public OptionalDouble recall() {
            return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / examples);
        }

        /**
         * Precision, 0 to 1: the fraction of correct ones among the pictures that were predicted as this class. Empty
         * if there are none.
         */
        public OptionalDouble precision() {
            return predicted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / predicted);
        }
    }
}
