package io.github.resnetspark.benchmarks;

import java.util.List;

/**
 * The speeds of one configuration in several turns.
 *
 * @param values one per turn, images per second
 */
record Figures(List<Double> values) {
    Figures {
        values = values.stream().sorted().toList();
    }

    /** The median; for an even number of values the mean of the two in the middle. */
    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double best() {
        return values.get(values.size() - 1);
    }
}
