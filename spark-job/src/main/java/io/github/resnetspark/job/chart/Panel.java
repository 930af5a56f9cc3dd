package io.github.resnetspark.job.chart;

import org.knowm.xchart.internal.chartpart.Chart;

/** One of the charts of a picture. */
public interface Panel {
    /** What stands above it. */
    String title();

    /** All that is written on it, for those who cannot see it. */
    String description();

    /** How much of it there is from above to below, in pixels of the drawing. */
    int height();

    /** The chart, to be painted. */
    Chart<?, ?> chart(int width, int height);
}
