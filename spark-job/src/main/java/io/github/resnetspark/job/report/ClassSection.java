package io.github.resnetspark.job.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.chart.PageChart.Curve;
import io.github.resnetspark.job.chart.PageChart.Form;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.page.PageTable;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How well each class is recognised, which classes are taken for which, and how far probabilities can be trusted. */
final class ClassSection {
    /** A larger matrix is not readable; the most frequent confusions are. */
    private static final int MOST_CLASSES = 20;

    private static final int CONFUSIONS = 30;
    private static final int WORST = 40;

    private final Evaluated evaluated;
    private final List<String> names;
    private final List<ConfusionMatrix.ClassCounts> counts;

    private ClassSection(Evaluated evaluated, List<String> names) {
        this.evaluated = evaluated;
        this.names = names;
        counts = evaluated.matrix().byClass(names.size());
    }

    /** @param names of the classes, in the order of their numbers */
    static DomContent of(Evaluated evaluated, List<String> names) {
        ClassSection classes = new ClassSection(evaluated, names);
        return section(
                h2("Classes"),
                p(evaluated.weights().equals(Evaluated.MODEL)
                                ? "Validation pictures, classified by the model."
                                : "Validation pictures, classified after epoch " + evaluated.epoch() + ".")
                        .withClass("note"),
                classes.byClass(),
                h3("Confusion"),
                names.size() <= MOST_CLASSES ? classes.matrix() : classes.confusions(),
                classes.reliability());
    }

    private DomContent byClass() {
        PageTable table = new PageTable(1, "class", "pictures", "recall", "precision");
        List<Integer> order = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer label) -> counts.get(label).recall().orElse(1))
                        .thenComparing(label -> label))
                .toList();
        order.stream()
                .limit(WORST)
                .forEach(label -> table.row(
                        names.get(label),
                        String.format(Locale.ROOT, "%,d", counts.get(label).examples()),
                        percent(counts.get(label).recall()),
                        percent(counts.get(label).precision())));
        return names.size() <= WORST
                ? table.html()
                : section(p("The " + WORST + " classes of " + names.size() + " with the lowest recall."), table.html());
    }

    private DomContent matrix() {
        long[][] cells = new long[names.size()][names.size()];
        evaluated.confusion().forEach(cell -> cells[(int) cell[0]][(int) cell[1]] = cell[2]);
        return TagCreator.div(table(
                                thead(tr(th("actual \\ guess"), each(names, name -> th(name).attr("scope", "col")))),
                                tbody(each(
                                        IntStream.range(0, names.size()).boxed().toList(),
                                        actual -> tr(
                                                th(names.get(actual)).attr("scope", "row"),
                                                each(
                                                        IntStream.range(0, names.size())
                                                                .boxed()
                                                                .toList(),
                                                        guess -> cell(cells, actual, guess))))))
                        .withClass("confusion"))
                .withClass("scroll")
                .attr("tabindex", "0");
    }

    /** The stronger the colour, the larger the share of the class; letters stay readable on it. */
    private DomContent cell(long[][] cells, int actual, int guess) {
        double share = share(cells[actual][guess], actual);
        String colour = actual == guess ? "var(--good)" : "var(--bad)";
        return td(cells[actual][guess] == 0 ? "" : Long.toString(cells[actual][guess]))
                .withStyle(String.format(
                        Locale.ROOT, "background: color-mix(in srgb, %s %.0f%%, transparent)", colour, 35 * share))
                .withTitle(names.get(actual) + " taken for " + names.get(guess));
    }

    private DomContent confusions() {
        PageTable table = new PageTable(2, "actual", "guess", "pictures", "share of the class");
        evaluated.confusion().stream()
                .filter(cell -> cell[0] != cell[1])
                .sorted(Comparator.comparingLong((long[] cell) -> -cell[2])
                        .thenComparingLong(cell -> cell[0])
                        .thenComparingLong(cell -> cell[1]))
                .limit(CONFUSIONS)
                .forEach(cell -> table.row(
                        names.get((int) cell[0]),
                        names.get((int) cell[1]),
                        Long.toString(cell[2]),
                        percent(OptionalDouble.of(share(cell[2], (int) cell[0])))));
        return table.html();
    }

    private DomContent reliability() {
        List<Evaluated.Bin> bins = evaluated.calibration();
        if (bins.size() < 2) {
            return p("");
        }
        double[] probabilities =
                bins.stream().mapToDouble(bin -> 100 * bin.probability()).toArray();
        double[] right = bins.stream()
                .mapToDouble(bin -> 100.0 * bin.correct() / bin.examples())
                .toArray();
        return new PageChart(
                        "Reliability",
                        "predicted probability in %",
                        "right answers in %",
                        List.of(
                                new Curve("this network", probabilities, right),
                                new Curve("a perfectly calibrated one", probabilities, probabilities)),
                        Form.LINES_FROM_ZERO)
                .html();
    }

    private double share(long part, int actual) {
        long whole = counts.get(actual).examples();
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String percent(OptionalDouble share) {
        return share.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
    }
}
