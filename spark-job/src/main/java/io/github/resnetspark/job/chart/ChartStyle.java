package io.github.resnetspark.job.chart;

import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;

/** What all charts have in common: white, thin grey lines, letters that can be read at half the size. */
final class ChartStyle {
    private static final Color GRID = new Color(0xDDDDDD);

    private ChartStyle() {}

    static void apply(AxesChartStyler style) {
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(GRID);
        style.setPlotGridLinesColor(GRID);
        style.setChartTitleBoxVisible(false);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartTitleFont(Fonts.bold(15));
        style.setAxisTitleFont(Fonts.plain(14));
        style.setAxisTickLabelsFont(Fonts.plain(13));
        style.setLegendFont(Fonts.plain(13));
    }
}
