package io.github.resnetspark.job.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/**
 * A value for every point of a square grid, as colours from dark (little) to light (much).
 *
 * @param title above it
 * @param x what the columns are
 * @param y what the rows are
 * @param coordinates of columns and rows alike, rising
 * @param values {@code [row][column]}, finite
 * @param least the value of the darkest colour; what is below has it too
 * @param most the value of the lightest
 * @param legend how a value is written beside its colour
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
    /** Viridis (Smith and van der Walt 2015): even in lightness, and for eyes that tell few colours apart too. */
    private static final Color[] COLORS = {
        new Color(0x440154), new Color(0x3B528B), new Color(0x21918C), new Color(0x5EC962), new Color(0xFDE725)
    };

    private static final int LABELS = 9;

    @Override
    public String description() {
        return "columns are " + x + ", rows are " + y;
    }

    @Override
    public HeatMapChart chart(int width, int height) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        HeatMapStyler style = chart.getStyler();
        ChartStyle.apply(style);
        style.setPlotContentSize(1);
        style.setRangeColors(COLORS);
        style.setMin(least);
        style.setMax(most);
        style.setShowValue(false);
        style.setPiecewise(false);
        style.setXAxisMaxLabelCount(LABELS);
        style.setHeatMapDecimalValueFormatter(value -> legend.apply(value));
        List<String> labels = IntStream.range(0, coordinates.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%.2f", coordinates[i]))
                .toList();
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                double shown = Math.max(least, Math.min(most, values[row][column]));
                cells.add(new Number[] {column, row, shown});
            }
        }
        chart.addSeries("loss", labels, labels, cells);
        return chart;
    }
}
