package io.github.resnetspark.job.dataset;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.dataset.DataSample.Size;
import io.github.resnetspark.page.PageTable;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Sizes and formats of the sampled pictures. */
final class SizeSection {
    private static final int MOST_FREQUENT = 5;
    private static final int POINTS = 100;

    private SizeSection() {}

    static DomContent of(DataSample sample) {
        List<Size> sizes = sample.sizes();
        List<DomContent> parts = new ArrayList<>();
        parts.add(h2("Sizes and formats"));
        if (sizes.isEmpty()) {
            parts.add(p("There are no pictures."));
            return section(each(parts, part -> part));
        }
        parts.add(p("As stored in the shards, from " + DataPage.number(sizes.size())
                        + " pictures, evenly spread over the data set.")
                .withClass("note"));
        Map<Size, Long> frequent =
                sizes.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (frequent.size() == 1) {
            parts.add(p("All are " + text(sizes.get(0)) + " pixels."));
        } else {
            PageTable spread = new PageTable(1, "in pixels", "smallest", "5 %", "median", "95 %", "largest");
            spread(spread, "width", sizes, Size::width);
            spread(spread, "height", sizes, Size::height);
            spread(spread, "short side", sizes, Size::shortSide);
            parts.add(spread.html());
            chart(sizes).ifPresent(chart -> parts.add(chart.html()));
            PageTable table = new PageTable(1, "most frequent", "pictures", "share");
            frequent.entrySet().stream()
                    .sorted(Map.Entry.<Size, Long>comparingByValue()
                            .reversed()
                            .thenComparing(
                                    Map.Entry::getKey,
                                    Comparator.comparingInt(Size::width).thenComparingInt(Size::height)))
                    .limit(MOST_FREQUENT)
                    .forEach(entry -> row(table, text(entry.getKey()), entry.getValue(), sizes.size()));
            parts.add(table.html());
        }
        PageTable formats = new PageTable(1, "format", "pictures", "share");
        sample.formats().forEach((format, count) -> row(formats, "stored as " + format, count, sizes.size()));
        sample.endings().forEach((ending, count) -> row(formats, "." + ending + " in the source", count, sizes.size()));
        parts.add(formats.html());
        return section(each(parts, part -> part));
    }

    private static void row(PageTable table, String what, long count, int all) {
        table.row(what, DataPage.number(count), String.format(Locale.ROOT, "%.1f %%", 100.0 * count / all));
    }

    private static void spread(PageTable table, String name, List<Size> sizes, ToIntFunction<Size> value) {
        int[] sorted = sizes.stream().mapToInt(value).sorted().toArray();
        table.row(
                name,
                DataPage.number(sorted[0]),
                DataPage.number(sorted[sorted.length / 20]),
                DataPage.number(sorted[sorted.length / 2]),
                DataPage.number(sorted[sorted.length - 1 - sorted.length / 20]),
                DataPage.number(sorted[sorted.length - 1]));
    }

    /** The share of pictures whose short side is at most so long; nothing if all are the same. */
    private static Optional<PageChart> chart(List<Size> sizes) {
        int[] sorted = sizes.stream().mapToInt(Size::shortSide).sorted().toArray();
        int least = sorted[0];
        int most = sorted[sorted.length - 1];
        if (least == most) {
            return Optional.empty();
        }
        int points = Math.min(POINTS, most - least);
        double[] x = new double[points + 1];
        double[] y = new double[points + 1];
        for (int point = 0; point <= points; point++) {
            int side = least + (int) ((long) (most - least) * point / points);
            x[point] = side;
            y[point] =
                    100.0 * Arrays.stream(sorted).filter(value -> value <= side).count() / sorted.length;
        }
        return Optional.of(new PageChart(
                "Short side",
                "pixels",
                "% of pictures at most so long",
                List.of(new PageChart.Curve("pictures", x, y)),
                PageChart.Form.LINES_FROM_ZERO));
    }

    private static String text(Size size) {
        return size.width() + " × " + size.height();
    }
}
