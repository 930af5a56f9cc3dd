package io.github.resnetspark.job.chart;

import java.util.OptionalDouble;

/**
 * One axis of a chart.
 *
 * @param title what it shows, with the unit
 * @param logarithmic whether each step multiplies by ten
 * @param whole whether only whole numbers are written beside it
 * @param least where it begins; where the values do if it is not there
 * @param most where it ends
 */
public record Axis(String title, boolean logarithmic, boolean whole, OptionalDouble least, OptionalDouble most) {
    /** Even steps. */
    public static Axis linear(String title) {
        return new Axis(title, false, false, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Powers of ten; all values must be above 0. */
    public static Axis logarithmic(String title) {
        return new Axis(title, true, false, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** From and to fixed values. */
    public Axis between(double from, double to) {
        return new Axis(title, logarithmic, whole, OptionalDouble.of(from), OptionalDouble.of(to));
    }

    /** For what is counted. */
    public Axis onlyWhole() {
        return new Axis(title, logarithmic, true, least, most);
    }
}
