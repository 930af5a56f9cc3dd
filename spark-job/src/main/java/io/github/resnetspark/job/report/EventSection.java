package io.github.resnetspark.job.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.chart.PageChart.Curve;
import io.github.resnetspark.job.chart.PageChart.Form;
import io.github.resnetspark.job.metrics.RunEvent;
import io.github.resnetspark.page.PageTable;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened besides rounds: interruptions, and executors that came and went, over time. */
final class EventSection {
    private static final int MOST = 40;
    private static final double SECONDS_PER_HOUR = 3600;

    private EventSection() {}

    /** The section; empty if nothing happened but the start. */
    static Optional<DomContent> of(RunHistory history) {
        List<RunEvent> events = history.events();
        if (events.stream().noneMatch(event -> event.what() != RunEvent.What.STARTED)) {
            return Optional.empty();
        }
        PageTable table = new PageTable(5, "time", "event", "executor", "newest round before it", "reason");
        events.subList(Math.max(0, events.size() - MOST), events.size())
                .forEach(event -> table.row(
                        event.time(), inWords(event), text(event.executor()), place(event), text(event.reason())));
        return Optional.of(section(
                h2("Interruptions and executors"),
                p(history.happened()
                                + (events.size() > MOST
                                        ? String.format(
                                                Locale.ROOT, ". The newest %d of %,d events:", MOST, events.size())
                                        : "."))
                        .withClass("note"),
                each(chart(events).stream().toList(), PageChart::html),
                table.html()));
    }

    private static String inWords(RunEvent event) {
        return switch (event.what()) {
            case STARTED -> "run started";
            case RESUMED ->
                event.interrupted() == null ? "run resumed" : "run resumed; it had ended after " + event.interrupted();
            case EXECUTOR_JOINED -> "executor joined";
            case EXECUTOR_LOST -> "executor lost";
            case EXECUTOR_RETURNED -> "executor no longer needed";
        };
    }

    private static String place(RunEvent event) {
        if (event.epoch() == 0) {
            return "–";
        }
        return event.round() == 0
                ? "end of epoch " + event.epoch()
                : "epoch " + event.epoch() + ", round " + event.round();
    }

    private static String text(String known) {
        return known == null ? "" : known;
    }

    /** Executors over hours, in steps. Empty without a cluster. */
    static Optional<PageChart> chart(List<RunEvent> events) {
        if (events.stream().noneMatch(event -> event.executors() > 0)) {
            return Optional.empty();
        }
        List<double[]> points = new ArrayList<>();
        Instant start = Instant.parse(events.get(0).time());
        for (RunEvent event : events) {
            double before = points.isEmpty() ? 0 : points.get(points.size() - 1)[1];
            if (event.interrupted() != null) {
                double end = hours(start, event.interrupted());
                points.add(new double[] {end, before});
                points.add(new double[] {end, 0});
                before = 0;
            }
            points.add(new double[] {hours(start, event.time()), before});
            points.add(new double[] {hours(start, event.time()), event.executors()});
        }
        return Optional.of(new PageChart(
                "Executors over time",
                "hours since the start",
                "executors",
                List.of(new Curve(
                        "executors",
                        points.stream().mapToDouble(point -> point[0]).toArray(),
                        points.stream().mapToDouble(point -> point[1]).toArray())),
                Form.LINES_FROM_ZERO));
    }

    private static double hours(Instant start, String time) {
        return Duration.between(start, Instant.parse(time)).toMillis() / 1000.0 / SECONDS_PER_HOUR;
    }
}
