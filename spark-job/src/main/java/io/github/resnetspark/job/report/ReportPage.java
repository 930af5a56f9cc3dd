package io.github.resnetspark.job.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import io.github.resnetspark.page.Page;
import io.github.resnetspark.page.PageTable;
import io.github.resnetspark.page.PageTiles;
import io.github.resnetspark.text.DurationText;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page of one run, or the comparison of several. */
final class ReportPage {
    private ReportPage() {}

    /** @param runs at least one, with different names */
    static Page of(List<RunReport> runs) {
        return runs.size() == 1 ? ofOne(runs.get(0)) : ofSeveral(runs);
    }

    private static Page ofOne(RunReport run) {
        List<DomContent> sections = new ArrayList<>();
        sections.add(tiles(run));
        sections.add(charts(List.of(run)));
        TimeSection.of(run).ifPresent(sections::add);
        EventSection.of(run.history()).ifPresent(sections::add);
        run.description().ifPresent(description -> run.evaluation().ifPresent(evaluation -> {
            sections.add(ClassSection.of(evaluation, description.classes()));
            sections.add(PictureSection.of(evaluation.notable(), description.classes()));
        }));
        run.description().ifPresent(description -> {
            sections.add(RecipeSection.settings(description));
            sections.add(RecipeSection.network(description));
        });
        return new Page(run.name(), subtitle(run), sections);
    }

    private static Page ofSeveral(List<RunReport> runs) {
        PageTable table = new PageTable(2, "run", "network", "epochs", "best top-1", "in epoch", "images/s", "time");
        for (RunReport run : runs) {
            table.row(
                    run.name(),
                    run.description().map(RunDescription::network).orElse("–"),
                    format("%.1f", run.epochs()),
                    run.best().map(best -> format("%.2f %%", 100 * best.top1())).orElse("–"),
                    run.best().map(best -> Integer.toString(best.epoch())).orElse("–"),
                    format("%.0f", RoundPoint.imagesPerSecond(run.history().rounds())),
                    DurationText.of(Math.round(run.seconds())));
        }
        return new Page(
                runs.stream().map(RunReport::name).collect(Collectors.joining(", ")),
                "Comparison of " + runs.size() + " runs",
                List.of(section(h2("Results"), table.html()), charts(runs), RecipeSection.differences(runs)));
    }

    private static DomContent charts(List<RunReport> runs) {
        return section(h2("Course"), each(CurveCharts.of(runs), chart -> chart.html()));
    }

    private static String subtitle(RunReport run) {
        return run.description()
                .map(description -> description.network() + ", started " + description.started()
                        + (description.finished() == null
                                ? ", not finished when this page was written"
                                : ", finished " + description.finished()))
                .orElse("");
    }

    private static DomContent tiles(RunReport run) {
        PageTiles tiles = new PageTiles();
        run.best().ifPresent(best -> tiles.put("best top-1", format("%.2f %%", 100 * best.top1())));
        run.best().ifPresent(best -> tiles.put("in epoch", Integer.toString(best.epoch())));
        tiles.put(
                "epochs done",
                format("%.1f", run.epochs())
                        + run.description()
                                .map(description -> " of " + description.epochs())
                                .orElse(""));
        tiles.put(
                "images/s",
                format("%.0f", RoundPoint.imagesPerSecond(run.history().rounds())));
        tiles.put("training and validation", DurationText.of(Math.round(run.seconds())));
        tiles.put("rounds", format("%,d", run.history().rounds().size()));
        run.description()
                .ifPresent(description ->
                        tiles.put("workers × replicas", description.workers() + " × " + description.replicas()));
        return tiles.html();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
