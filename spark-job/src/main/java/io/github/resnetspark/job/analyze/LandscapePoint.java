package io.github.resnetspark.job.analyze;

import java.io.Serializable;
import java.util.Locale;

/**
 * One point of a landscape.
 *
 * @param index in the grid, row by row
 * @param loss mean cross-entropy in nats; not a number where the network's outputs are none
 * @param error share of the pictures that are classified wrongly, 0 to 1
 */
record LandscapePoint(int index, double loss, double error) implements Serializable {
    /** A line that gives the same bits when it is read. */
    String line() {
        return String.format(Locale.ROOT, "%d,%s,%s%n", index, loss, error);
    }

    static LandscapePoint parse(String line) {
        String[] fields = line.split(",", -1);
        return new LandscapePoint(
                Integer.parseInt(fields[0]), Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
    }
}
