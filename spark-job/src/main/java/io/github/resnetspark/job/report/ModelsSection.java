package io.github.resnetspark.job.report;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.promote.Comparison;
import io.github.resnetspark.job.promote.Judged;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.page.PageTable;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The figures of the new model, next to those of the current version if there is one. */
final class ModelsSection {
    private final List<Judged> models;
    private final PageTable table;

    private ModelsSection(List<Judged> models, PageTable table) {
        this.models = models;
        this.table = table;
    }

    /** @param before what to call the current version */
    static DomContent of(Comparison comparison, String before) {
        Optional<Judged> current = comparison.current();
        ModelsSection models = new ModelsSection(
                Stream.concat(current.stream(), Stream.of(comparison.candidate()))
                        .toList(),
                current.isPresent()
                        ? new PageTable(1, "", before, "new model", "difference")
                        : new PageTable(1, "", "new model"));
        models.words("network", model -> model.model().spec().displayName());
        models.number("parameters", model -> LayerTable.of(model.model().spec()).parameters());
        models.number("classes", model -> model.model().labels().size());
        models.words("trained until", model -> ModelOrigin.of(model.model().provenanceJson())
                .map(ModelOrigin::minute)
                .filter(minute -> !minute.isEmpty())
                .orElse("–"));
        models.number("pictures", model -> model.counts().examples());
        models.figure(
                "right", model -> model.counts().examples() - model.counts().errors(), "%,.0f", "%+,.0f", 1);
        models.share("top-1, %", EvaluationCounts::top1, 1);
        models.share("top-5, %", EvaluationCounts::top5, 1);
        models.figure("loss, nats", model -> model.counts().loss(), "%.4f", "%+.4f", -1);
        models.share("calibration error, %", counts -> counts.calibration().error(), -1);
        return section(h2(current.isPresent() ? "Both models" : "The model"), models.table.html());
    }

    private void words(String name, Function<Judged, String> value) {
        row(name, models.stream().map(value).toList(), text(""));
    }

    /** A figure of which no value is better than another. */
    private void number(String name, ToDoubleFunction<Judged> value) {
        figure(name, value, "%,.0f", "%+,.0f", 0);
    }

    private void share(String name, ToDoubleFunction<EvaluationCounts> value, int better) {
        figure(name, model -> 100 * value.applyAsDouble(model.counts()), "%.2f", "%+.2f", better);
    }

    /** @param better 1 if more is better, -1 if less is, or 0 */
    private void figure(String name, ToDoubleFunction<Judged> value, String format, String change, int better) {
        double[] values = models.stream().mapToDouble(value).toArray();
        double difference = values[values.length - 1] - values[0];
        row(
                name,
                models.stream()
                        .map(model -> format(format, value.applyAsDouble(model)))
                        .toList(),
                difference == 0 ? text("") : Difference.shown(format(change, difference), better * difference));
    }

    private void row(String name, List<String> values, DomContent difference) {
        List<DomContent> cells = new ArrayList<>(List.of(text(name)));
        values.forEach(value -> cells.add(text(value)));
        if (models.size() > 1) {
            cells.add(difference);
        }
        table.cells(cells);
    }

    private static String format(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
