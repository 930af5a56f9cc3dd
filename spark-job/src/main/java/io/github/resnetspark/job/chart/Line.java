package io.github.resnetspark.job.chart;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * One line of a chart.
 *
 * @param name in the legend
 * @param x at least one, rising
 * @param y the same number
 */
@SuppressWarnings("ArrayRecordComponent") // Points on the way to the chart; compared by nobody.
public record Line(String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    private static final float WIDTH = 2;

    /** A bold line. */
    public static Line solid(String name, double[] x, double[] y, Color color) {
        return new Line(name, x, y, color, new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    /** A dashed line. */
    public static Line dashed(String name, double[] x, double[] y, Color color) {
        return new Line(
                name,
                x,
                y,
                color,
                new BasicStroke(
                        WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2 * WIDTH, 2 * WIDTH}, 0));
    }
}
