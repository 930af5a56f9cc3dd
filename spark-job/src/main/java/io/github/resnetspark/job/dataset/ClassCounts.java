package io.github.resnetspark.job.dataset;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.page.PageTable;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Split;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The number of pictures of each class. */
final class ClassCounts {
    /** More classes are not all shown at once. */
    private static final int FEW = 20;

    private static final int ENDS = 8;
    /** So many classes without a picture are named. */
    private static final int NAMED = 50;

    private final Manifest manifest;
    private final List<Split> splits;

    private ClassCounts(Manifest manifest) {
        this.manifest = manifest;
        this.splits = manifest.splits().stream()
                .filter(counts -> counts.examples() > 0)
                .map(Manifest.SplitCounts::split)
                .toList();
    }

    static DomContent section(Manifest manifest) {
        ClassCounts counts = new ClassCounts(manifest);
        List<DomContent> parts = new ArrayList<>();
        parts.add(h2("Classes"));
        counts.splits.forEach(split -> parts.addAll(counts.missing(split)));
        List<Integer> classes = IntStream.range(0, manifest.classes()).boxed().toList();
        if (classes.size() <= FEW) {
            parts.add(counts.table(classes));
        } else {
            List<Integer> sorted = classes.stream()
                    .sorted(Comparator.comparingLong(counts::all).thenComparing(Comparator.naturalOrder()))
                    .toList();
            if (!counts.splits.isEmpty()) {
                parts.add(counts.chart().html());
            }
            parts.add(h3("The smallest"));
            parts.add(counts.table(sorted.subList(0, ENDS)));
            parts.add(h3("The largest"));
            parts.add(counts.table(sorted.subList(sorted.size() - ENDS, sorted.size())));
            parts.add(details(summary("All " + DataPage.number(classes.size()) + " classes"), counts.table(classes)));
        }
        return TagCreator.section(each(parts, part -> part));
    }

    private List<DomContent> missing(Split split) {
        List<String> names = IntStream.range(0, manifest.classes())
                .filter(number -> count(split, number) == 0)
                .mapToObj(manifest.classNames()::get)
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String shown = String.join("; ", names.subList(0, Math.min(NAMED, names.size())));
        return List.of(p(
                span("No " + split.key() + " pictures: ").withClass("bad"),
                text(shown + (names.size() > NAMED ? "; and " + (names.size() - NAMED) + " more." : "."))));
    }

    private DomContent table(List<Integer> classes) {
        List<String> heads = new ArrayList<>(List.of("class", "number"));
        splits.forEach(split -> heads.add(split.key()));
        PageTable table = new PageTable(1, heads.toArray(String[]::new));
        for (int number : classes) {
            List<DomContent> cells = new ArrayList<>();
            cells.add(text(manifest.classNames().get(number)));
            cells.add(text(Integer.toString(number)));
            for (Split split : splits) {
                long count = count(split, number);
                cells.add(count == 0 ? span("none").withClass("bad") : text(DataPage.number(count)));
            }
            table.cells(cells);
        }
        return table.html();
    }

    private PageChart chart() {
        double[] places =
                IntStream.rangeClosed(1, manifest.classes()).asDoubleStream().toArray();
        return new PageChart(
                "Pictures per class",
                "classes, the smallest of the split first",
                "pictures",
                splits.stream()
                        .map(split -> new PageChart.Curve(
                                split.key(),
                                places,
                                IntStream.range(0, manifest.classes())
                                        .mapToDouble(number -> count(split, number))
                                        .sorted()
                                        .toArray()))
                        .toList(),
                PageChart.Form.LINES_FROM_ZERO);
    }

    private long all(int number) {
        return splits.stream().mapToLong(split -> count(split, number)).sum();
    }

    private long count(Split split, int number) {
        return manifest.splits().stream()
                .filter(counts -> counts.split() == split)
                .mapToLong(counts -> counts.perClass().get(number))
                .sum();
    }
}
