package io.github.resnetspark.job.chart;

import io.github.resnetspark.job.chart.Picture.Panel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;

/**
 * A value for every point of a square grid, as a rectangle in one of a few colours from dark (small) to light (large). The borders
 * between colours are contour lines.
 *
 * @param title above it
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 * @param coordinates of both columns and rows, evenly spaced, rising; at least two
 * @param values {@code [row][column]}; infinite values are shown like the largest
 * @param least lower end of the darkest colour; smaller values have it too
 * @param most upper end of the lightest colour, above {@code least}; larger values have it too
 * @param legend formats a value for the legend
 */
@SuppressWarnings("ArrayRecordComponent") // A grid on the way to the chart; compared by nobody.
public record HeatPanel(
        String title,
        String x,
        String y,
        double[] coordinates,
        double[][] values,
        double least,
        double most,
        DoubleFunction<String> legend)
        implements Panel {
    private static final int LEVELS = 12;
    private static final int HEIGHT = 500;

    public HeatPanel {
        if (!(least < most) || Double.isInfinite(most - least)) {
            throw new IllegalArgumentException("colours from " + least + " to " + most);
        }
    }

    @Override
    public String description() {
        return "columns are " + x + ", rows are " + y + ", colours from " + legend.apply(least) + " to "
                + legend.apply(most);
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public XYChart chart(int width, int height) {
        XYChart chart = ChartStyle.chart(width, height, title, x, y);
        XYStyler style = chart.getStyler();
        style.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setPlotContentSize(1);
        style.setPlotGridLinesVisible(false);
        double half = (coordinates[1] - coordinates[0]) / 2;
        double end = coordinates[coordinates.length - 1] + half;
        style.setXAxisMin(coordinates[0] - half);
        style.setXAxisMax(end);
        style.setYAxisMin(coordinates[0] - half);
        style.setYAxisMax(end);
        // The largest value on top.
        for (int level = LEVELS - 1; level >= 0; level--) {
            addLevel(chart, level, new CellMarker(chart, 2 * half, end));
        }
        return chart;
    }

    private void addLevel(XYChart chart, int level, CellMarker cell) {
        List<int[]> cells = IntStream.range(0, values.length)
                .boxed()
                .flatMap(row -> IntStream.range(0, values[row].length)
                        .filter(column -> level(values[row][column]) == level)
                        .mapToObj(column -> new int[] {column, row}))
                .toList();
        if (cells.isEmpty()) {
            return;
        }
        String from = legend.apply(bound(level));
        String name = level == LEVELS - 1 ? from + " and more" : from + " – " + legend.apply(bound(level + 1));
        XYSeries series = chart.addSeries(
                name,
                cells.stream().mapToDouble(place -> coordinates[place[0]]).toArray(),
                cells.stream().mapToDouble(place -> coordinates[place[1]]).toArray());
        series.setMarker(cell);
        series.setMarkerColor(Viridis.at((level + 0.5) / LEVELS));
    }

    private double bound(int level) {
        return least + (most - least) * level / LEVELS;
    }

    private int level(double value) {
        if (Double.isNaN(value)) {
            return LEVELS - 1;
        }
        return (int) Math.max(0, Math.min(LEVELS - 1, Math.floor(LEVELS * (value - least) / (most - least))));
    }

    /** A point of a chart as a rectangle that reaches to the next points. */
    static final class CellMarker extends Marker {
        /** Neighbours overlap slightly, so that there are no gaps. */
        private static final double OVERLAP = 0.3;

        private static final double LEGEND = 13;

        private final XYChart chart;
        private final double step;
        private final double end;

        /**
         * @param step from one point to the next, on both axes
         * @param end end of the horizontal axis; the legend is painted beyond it
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

    /** Viridis (Smith and van der Walt 2015): perceptually uniform, also for colour-blind readers. */
    public static final class Viridis {
        private static final Color[] STOPS = {
            new Color(0x440154), new Color(0x3B528B), new Color(0x21918C), new Color(0x5EC962), new Color(0xFDE725)
        };

        private Viridis() {}

        /** The colour of a share from 0, dark, to 1, light. */
        public static Color at(double share) {
            double place = share * (STOPS.length - 1);
            int below = (int) Math.min(STOPS.length - 2, Math.floor(place));
            Color from = STOPS[below];
            Color to = STOPS[below + 1];
            double part = place - below;
            return new Color(
                    mixed(from.getRed(), to.getRed(), part),
                    mixed(from.getGreen(), to.getGreen(), part),
                    mixed(from.getBlue(), to.getBlue(), part));
        }

        private static int mixed(int from, int to, double part) {
            return (int) Math.round(from + (to - from) * part);
        }
    }
}
