package io.github.resnetspark.job.chart;

import io.github.resnetspark.job.chart.Picture.Panel;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over one pair of axes, with a legend below.
 *
 * @param title above it
 * @param x from left to right
 * @param y from bottom to top
 * @param lines at least one, with different names
 */
public record LinePanel(String title, Axis x, Axis y, List<Line> lines) implements Panel {
    /** Up to this number of points, each point has a marker. */
    private static final int FEW_POINTS = 30;

    private static final String DECIMALS = "0.########";
    private static final int MARKER = 5;
    private static final int LEGEND_LINE_LENGTH = 32;
    private static final int HEIGHT_WITHOUT_LEGEND = 350;
    private static final int LEGEND_ROW_HEIGHT = 26;

    public LinePanel {
        lines = List.copyOf(lines);
    }

    @Override
    public String description() {
        return y.title() + " over " + x.title() + ", "
                + lines.stream().map(Line::name).collect(Collectors.joining(", "));
    }

    @Override
    public int height() {
        return HEIGHT_WITHOUT_LEGEND + lines.size() * LEGEND_ROW_HEIGHT;
    }

    @Override
    public XYChart chart(int width, int height) {
        XYChart chart = ChartStyle.chart(width, height, title, x.title(), y.title());
        XYStyler style = chart.getStyler();
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Vertical);
        style.setLegendSeriesLineLength(LEGEND_LINE_LENGTH);
        style.setMarkerSize(MARKER);
        style.setXAxisLogarithmic(x.logarithmic());
        style.setYAxisLogarithmic(y.logarithmic());
        x.least().ifPresent(style::setXAxisMin);
        x.most().ifPresent(style::setXAxisMax);
        y.least().ifPresent(style::setYAxisMin);
        y.most().ifPresent(style::setYAxisMax);
        if (!y.logarithmic()) {
            // The default format has no 0 before the decimal point.
            style.setYAxisDecimalPattern(DECIMALS);
        }
        if (x.whole()) {
            style.setxAxisTickLabelsFormattingFunction(LinePanel::whole);
        }
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            series.setLineColor(line.color());
            series.setLineStyle(line.stroke());
            series.setMarkerColor(line.color());
            series.setMarker(line.x().length > FEW_POINTS ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
        return chart;
    }

    /** No labels between whole numbers, because the chart would print a rounded number twice. */
    private static String whole(Double value) {
        long rounded = Math.round(value);
        return Math.abs(value - rounded) < 1e-6 ? Long.toString(rounded) : " ";
    }
}
