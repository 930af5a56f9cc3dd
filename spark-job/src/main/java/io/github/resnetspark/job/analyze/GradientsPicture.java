package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.BlockGradient;
import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.chart.Axis;
import io.github.resnetspark.job.chart.Line;
import io.github.resnetspark.job.chart.LinePanel;
import io.github.resnetspark.job.chart.Picture;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Plots of gradients, block by block from the first to the last, on logarithmic scales. */
final class GradientsPicture {
    private static final Color PLAIN = new Color(0xD55E00);
    private static final Color RESIDUAL = new Color(0x0072B2);
    private static final Color BRANCH = new Color(0x009E73);
    private static final String BLOCK = "block, from the input to the output";

    private GradientsPicture() {}

    /** At the blocks' inputs and weights. The start is bold, later steps are dashed and paler. */
    static Picture norms(int depth, List<GradientSnapshot> snapshots) {
        return new Picture(
                "Gradient norms at the blocks of a plain and a residual network of depth " + depth,
                List.of(
                        panel("at the blocks' inputs", "norm of the loss gradient", snapshots, BlockGradient::atInput),
                        panel(
                                "at the blocks' weights",
                                "norm of the loss gradient",
                                snapshots,
                                BlockGradient::ofWeights)));
    }

    private static LinePanel panel(
            String title, String y, List<GradientSnapshot> snapshots, ToDoubleFunction<BlockGradient> value) {
        List<Line> lines = new ArrayList<>();
        for (GradientSnapshot snapshot : snapshots) {
            Color color = snapshot.kind() == Kind.PLAIN ? PLAIN : RESIDUAL;
            String name = snapshot.kind().word() + ", step " + snapshot.step();
            int later = (int) snapshots.stream()
                    .filter(other -> other.kind() == snapshot.kind() && other.step() < snapshot.step())
                    .count();
            double[] values = values(snapshot, value);
            lines.add(
                    later == 0
                            ? Line.solid(name, numbers(values), values, color)
                            : Line.dashed(name, numbers(values), values, paler(color, later)));
        }
        return new LinePanel(title, Axis.linear(BLOCK).onlyWhole(), Axis.logarithmic(y), lines);
    }

    /** The idea: a gradient is a product of Jacobians, and a skip connection adds the identity to a factor. */
    static Picture jacobians(int depth, List<GradientSnapshot> snapshots) {
        GradientSnapshot plain = first(Kind.PLAIN, snapshots);
        GradientSnapshot residual = first(Kind.RESIDUAL, snapshots);
        List<Line> factors = List.of(
                factors("plain: F'", plain, BlockGradient::gain, PLAIN),
                factors("residual: I + F'", residual, BlockGradient::gain, RESIDUAL),
                factors("residual, F' alone", residual, BlockGradient::branchGain, BRANCH));
        List<Line> products = factors.stream()
                .map(line -> Line.solid(line.name(), line.x(), productFromTheEnd(line.y()), line.color()))
                .toList();
        return new Picture(
                "The gradient as a product of Jacobians in networks of depth " + depth + ", at the start",
                List.of(
                        new LinePanel(
                                "one block's factor",
                                Axis.linear(BLOCK).onlyWhole(),
                                Axis.linear("gradient at input / at output"),
                                factors),
                        new LinePanel(
                                "product from the last block back",
                                Axis.linear(BLOCK).onlyWhole(),
                                Axis.logarithmic("product of the factors"),
                                products)));
    }

    private static Line factors(
            String name, GradientSnapshot snapshot, ToDoubleFunction<BlockGradient> value, Color color) {
        double[] values = values(snapshot, value);
        return Line.solid(name, numbers(values), values, color);
    }

    private static double[] productFromTheEnd(double[] factors) {
        double[] products = factors.clone();
        for (int i = products.length - 2; i >= 0; i--) {
            products[i] *= products[i + 1];
        }
        return orGaps(products);
    }

    private static GradientSnapshot first(Kind kind, List<GradientSnapshot> snapshots) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static double[] values(GradientSnapshot snapshot, ToDoubleFunction<BlockGradient> value) {
        return orGaps(snapshot.blocks().stream().mapToDouble(value).toArray());
    }

    /** Values that are unknown or cannot be shown on a logarithmic axis are gaps in the line. */
    private static double[] orGaps(double... values) {
        return DoubleStream.of(values)
                .map(value -> value > 0 && Double.isFinite(value) ? value : Double.NaN)
                .toArray();
    }

    private static double[] numbers(double[] values) {
        return IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    }

    private static Color paler(Color color, int times) {
        double share = Math.min(0.6, 0.3 * times);
        return new Color(mixed(color.getRed(), share), mixed(color.getGreen(), share), mixed(color.getBlue(), share));
    }

    private static int mixed(int component, double white) {
        return (int) Math.round(component + (255 - component) * white);
    }
}
