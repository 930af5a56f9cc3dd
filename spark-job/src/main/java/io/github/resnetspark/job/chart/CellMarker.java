package io.github.resnetspark.job.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;

/** A point of a chart as a rectangle that reaches to the next points. */
final class CellMarker extends Marker {
    /** Neighbours overlap by so little that no gap shines through. */
    private static final double OVERLAP = 0.3;

    private static final double LEGEND = 13;

    private final XYChart chart;
    private final double step;
    private final double end;

    /**
     * @param step from one point to the next, on both axes
     * @param end where the horizontal axis ends; what is painted beyond is the legend
     */
    CellMarker(XYChart chart, double step, double end) {
        this.chart = chart;
        this.step = step;
        this.end = end;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        boolean legend = x > chart.getScreenXFromChart(end);
        double width = legend ? LEGEND : chart.getScreenXFromChart(step) - chart.getScreenXFromChart(0) + OVERLAP;
        double height = legend ? LEGEND : chart.getScreenYFromChart(0) - chart.getScreenYFromChart(step) + OVERLAP;
        graphics.fill(new Rectangle2D.Double(x - width / 2, y - height / 2, width, height));
    }
}
