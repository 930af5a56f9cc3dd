package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.analyze.ErrorCurve.EpochErrors;
import io.github.resnetspark.job.chart.Axis;
import io.github.resnetspark.job.chart.Line;
import io.github.resnetspark.job.chart.LinePanel;
import io.github.resnetspark.job.chart.Picture;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plain networks on the left, residual ones on the right: training errors dashed, test errors bold (He et al. 2015, figure 6). */
final class DegradationPicture {
    private static final List<Color> BY_DEPTH =
            List.of(new Color(0xE69F00), new Color(0x0072B2), new Color(0x009E73), new Color(0xCC79A7));

    private DegradationPicture() {}

    static Picture of(List<ErrorCurve> curves) {
        Axis errors = Axis.linear("error (%)").between(0, highest(curves));
        List<LinePanel> panels = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<ErrorCurve> ofKind = curves.stream()
                    .filter(curve -> curve.kind() == kind)
                    .sorted(Comparator.comparingInt(ErrorCurve::depth))
                    .toList();
            if (!ofKind.isEmpty()) {
                panels.add(panel(kind, ofKind, errors));
            }
        }
        return new Picture("Training and test error of plain and residual networks by epoch", panels);
    }

    private static LinePanel panel(Kind kind, List<ErrorCurve> curves, Axis errors) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            ErrorCurve curve = curves.get(i);
            Color color = BY_DEPTH.get(i % BY_DEPTH.size());
            double[] epochs = curve.values(EpochErrors::epoch);
            lines.add(Line.dashed(
                    curve.name() + " training", epochs, curve.values(epoch -> 100 * epoch.trainingError()), color));
            lines.add(
                    Line.solid(curve.name() + " test", epochs, curve.values(epoch -> 100 * epoch.testError()), color));
        }
        String title = kind == Kind.PLAIN ? "plain networks" : "residual networks";
        return new LinePanel(title, Axis.linear("epoch").onlyWhole(), errors, lines);
    }

    /** Both panels have the same scale, rounded up to the next ten. */
    private static double highest(List<ErrorCurve> curves) {
        double highest = curves.stream()
                .flatMap(curve -> curve.epochs().stream())
                .mapToDouble(epoch -> Math.max(epoch.trainingError(), epoch.testError()))
                .max()
                .orElse(1);
        return Math.min(100, 10 * Math.ceil(10 * highest));
    }
}
