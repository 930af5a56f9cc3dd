package io.github.resnetspark.job.chart;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.AnalysisFailures;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;

/** The style of all charts: white background, thin grey lines, letters that are readable at half the size. */
public final class ChartStyle {
    private static final Color GRID = new Color(0xDDDDDD);
    private static final int LETTERS = 13;

    private ChartStyle() {}

    /**
     * Checks that letters can be drawn, before anything is computed for hours.
     *
     * @throws FailureException if this machine has no fonts
     */
    public static void requireFonts() {
        try {
            new TextLayout("0", font(Font.PLAIN, LETTERS), new FontRenderContext(null, true, true));
        } catch (LinkageError | InternalError | RuntimeException e) {
            throw new FailureException(Kind.ENVIRONMENT, AnalysisFailures.noFonts(e.toString()), e);
        }
    }

    /** An empty chart of this style. */
    static XYChart chart(int width, int height, String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        XYStyler style = chart.getStyler();
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(GRID);
        style.setPlotGridLinesColor(GRID);
        style.setChartTitleBoxVisible(false);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartTitleFont(font(Font.BOLD, 15));
        style.setAxisTitleFont(font(Font.PLAIN, 14));
        style.setAxisTickLabelsFont(font(Font.PLAIN, LETTERS));
        style.setLegendFont(font(Font.PLAIN, LETTERS));
        return chart;
    }

    private static Font font(int weight, int size) {
        return new Font(Font.SANS_SERIF, weight, size);
    }
}
