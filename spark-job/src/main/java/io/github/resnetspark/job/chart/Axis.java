package io.github.resnetspark.job.chart;

import java.util.OptionalDouble;

/**
 * One axis of a chart.
 *
 * @param title what it shows, with the unit
 * @param logarithmic whether each step multiplies by ten
 * @param whole whether only whole numbers are labelled
 * @param least its lower end; the smallest value if empty
 * @param most its upper end; the largest value if empty
 */
public record Axis(String title, boolean logarithmic, boolean whole, OptionalDouble least, OptionalDouble most) {
    /** A linear axis. */
    public static Axis linear(String title) {
        return new Axis(title, false, false, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** A logarithmic axis; all values must be above 0. */
    public static Axis logarithmic(String title) {
        return new Axis(title, true, false, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** With fixed ends. */
    public Axis between(double from, double to) {
        return new Axis(title, logarithmic, whole, OptionalDouble.of(from), OptionalDouble.of(to));
    }

    /** With labels only at whole numbers. */
    public Axis onlyWhole() {
        return new Axis(title, logarithmic, true, least, most);
    }
}
