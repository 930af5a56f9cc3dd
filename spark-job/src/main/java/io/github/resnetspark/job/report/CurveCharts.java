package io.github.resnetspark.job.report;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.chart.PageChart.Curve;
import io.github.resnetspark.job.chart.PageChart.Form;
import io.github.resnetspark.job.metrics.TrainingListener.TrainingError;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.metrics.ValidationMetrics.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves of one run or several: loss, error, learning rate, averaging interval and speed over epochs. */
final class CurveCharts {
    private static final String EPOCHS = "epochs";

    private CurveCharts() {}

    /** The charts that have something to show, in the order of the page. */
    static List<PageChart> of(List<RunReport> runs) {
        List<PageChart> charts = new ArrayList<>();
        chart(charts, "Loss", "cross-entropy in nats", loss(runs), Form.LINES_FROM_ZERO);
        chart(charts, "Error", "wrong pictures in %", error(runs), Form.LINES_FROM_ZERO);
        chart(
                charts,
                "Learning rate",
                "first minibatch of a round",
                ofRounds(runs, "learning rate", RoundPoint::learningRate),
                Form.LINES_FROM_ZERO);
        chart(charts, "Averaging interval", "minibatches of a round", intervals(runs), Form.LINES_FROM_ZERO);
        chart(
                charts,
                "Speed",
                "images/s, averaging included",
                ofRounds(runs, "images/s", RoundPoint::imagesPerSecond),
                Form.LINES_FROM_ZERO);
        return charts;
    }

    private static void chart(List<PageChart> charts, String title, String y, List<Curve> curves, Form form) {
        List<Curve> drawn =
                curves.stream().filter(curve -> curve.x().length > 1).toList();
        if (!drawn.isEmpty()) {
            charts.add(new PageChart(title, EPOCHS, y, drawn, form));
        }
    }

    private static List<Curve> loss(List<RunReport> runs) {
        List<Curve> curves = new ArrayList<>();
        for (RunReport run : runs) {
            curves.add(rounds(run, name(runs, run, "training"), RoundPoint::loss));
            for (Parameters weights : Parameters.values()) {
                curves.add(validations(run, name(runs, run, validation(weights)), weights, ValidationMetrics::loss));
            }
        }
        return curves;
    }

    private static List<Curve> error(List<RunReport> runs) {
        List<Curve> curves = new ArrayList<>();
        for (RunReport run : runs) {
            for (Parameters weights : Parameters.values()) {
                curves.add(validations(
                        run, name(runs, run, validation(weights)), weights, metrics -> 100 * (1 - metrics.top1())));
            }
            curves.add(curve(
                    name(runs, run, "training pictures"),
                    run.history().trainingErrors(),
                    TrainingError::epoch,
                    metrics -> 100 * (1 - metrics.top1())));
        }
        return curves;
    }

    private static List<Curve> intervals(List<RunReport> runs) {
        return runs.stream()
                .filter(run -> run.description().isPresent())
                .map(run -> {
                    int batch = run.description().get().batchSize();
                    return rounds(
                            run, name(runs, run, "minibatches"), round -> IntervalCosts.minibatches(round, batch));
                })
                .toList();
    }

    private static List<Curve> ofRounds(List<RunReport> runs, String what, ToDoubleFunction<RoundPoint> value) {
        return runs.stream()
                .map(run -> rounds(run, name(runs, run, what), value))
                .toList();
    }

    private static Curve rounds(RunReport run, String name, ToDoubleFunction<RoundPoint> value) {
        return curve(name, run.history().rounds(), RoundPoint::epoch, value);
    }

    private static Curve validations(
            RunReport run, String name, Parameters weights, ToDoubleFunction<ValidationMetrics> value) {
        return curve(
                name,
                run.history().validations().stream()
                        .filter(metrics -> metrics.weights() == weights)
                        .toList(),
                ValidationMetrics::epoch,
                value);
    }

    private static <T> Curve curve(String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        List<T> drawn = Thinning.of(
                points.stream()
                        .filter(point -> Double.isFinite(y.applyAsDouble(point)))
                        .toList(),
                y);
        return new Curve(
                name,
                drawn.stream().mapToDouble(x).toArray(),
                drawn.stream().mapToDouble(y).toArray());
    }

    private static String validation(Parameters weights) {
        return weights == Parameters.EMA ? "validation, moving average" : "validation";
    }

    private static String name(List<RunReport> runs, RunReport run, String what) {
        return runs.size() == 1 ? what : run.name() + ": " + what;
    }
}
