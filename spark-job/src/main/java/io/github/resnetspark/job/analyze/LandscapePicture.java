package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.analysis.LossSurface;
import io.github.resnetspark.job.chart.Axis;
import io.github.resnetspark.job.chart.HeatPanel;
import io.github.resnetspark.job.chart.Line;
import io.github.resnetspark.job.chart.LinePanel;
import io.github.resnetspark.job.chart.Picture;
import io.github.resnetspark.job.chart.Picture.Panel;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A landscape as a line or as a map. */
final class LandscapePicture {
    private static final Color LINE = new Color(0x0072B2);
    private static final String LOSS = "loss (nats)";
    /** On a logarithmic axis, only powers of ten are labelled. */
    private static final double LOGARITHMIC_FROM = 100;

    private static final String FIRST = "first direction (filter lengths)";
    private static final String SECOND = "second direction (filter lengths)";

    private LandscapePicture() {}

    static Picture of(Landscape landscape) {
        String title = "loss around " + landscape.network();
        Panel panel = landscape.grid().dimensions() == 1 ? line(title, landscape) : map(title, landscape);
        return new Picture(title, List.of(panel));
    }

    private static Panel line(String title, Landscape landscape) {
        double[] losses = drawn(landscape);
        double least = DoubleStream.of(losses).min().orElseThrow();
        double greatest = DoubleStream.of(losses).max().orElseThrow();
        return new LinePanel(
                title,
                Axis.linear(FIRST),
                greatest / least < LOGARITHMIC_FROM ? Axis.linear(LOSS) : Axis.logarithmic(LOSS),
                List.of(Line.solid("loss", coordinates(landscape.grid()), losses, LINE)));
    }

    private static Panel map(String title, Landscape landscape) {
        int points = landscape.grid().points();
        double[] losses = drawn(landscape);
        double[][] rows = new double[points][points];
        for (int i = 0; i < losses.length; i++) {
            rows[i / points][i % points] = Math.log10(losses[i]);
        }
        double most = Math.log10(landscape.settings().highestDrawn());
        double least = Math.log10(DoubleStream.of(losses).min().orElseThrow());
        return new HeatPanel(
                title,
                FIRST,
                SECOND,
                coordinates(landscape.grid()),
                rows,
                // One decade if all losses are above the limit, so that the colours have a range.
                least < most ? least : most - 1,
                most,
                exponent -> String.format(Locale.ROOT, "%.2g", Math.pow(10, exponent)));
    }

    private static double[] drawn(Landscape landscape) {
        LossSurface surface = landscape.surface();
        double highest = landscape.settings().highestDrawn();
        return IntStream.range(0, landscape.points().size())
                .mapToDouble(i -> Math.max(Float.MIN_NORMAL, Math.min(highest, surface.losses()[i])))
                .toArray();
    }

    private static double[] coordinates(LossGrid grid) {
        return IntStream.range(0, grid.points()).mapToDouble(grid::coordinate).toArray();
    }
}
