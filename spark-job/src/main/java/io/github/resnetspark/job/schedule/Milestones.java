package io.github.resnetspark.job.schedule;

import java.io.Serializable;
import java.util.List;

/**
 * Times of a run at which something changes.
 *
 * @param fractions increasing fractions of the whole run, 0 to 1
 * @param epochs length of the whole run
 */
record Milestones(List<Double> fractions, double epochs) implements Serializable {
    Milestones {
        fractions = List.copyOf(fractions);
    }

    /** The number of milestones that have passed when a number of epochs is completed. */
    int passed(double epoch) {
        int passed = 0;
        while (passed < fractions.size() && epoch >= fractions.get(passed) * epochs) {
            passed++;
        }
        return passed;
    }

    /** Refuses a number of values that is not one more than that of the milestones. */
    void requireValues(int count) {
        if (count != fractions.size() + 1) {
            throw new IllegalArgumentException(
                    fractions.size() + " milestones need " + (fractions.size() + 1) + " values, not " + count + ".");
        }
    }
}
