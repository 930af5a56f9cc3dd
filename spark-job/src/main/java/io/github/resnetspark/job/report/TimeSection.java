package io.github.resnetspark.job.report;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.chart.PageChart.Curve;
import io.github.resnetspark.job.chart.PageChart.Form;
import io.github.resnetspark.page.PageTable;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the time of a run went, and what averaging would cost with other intervals. */
final class TimeSection {
    private TimeSection() {}

    /** The section; empty without rounds. */
    static Optional<DomContent> of(RunReport run) {
        List<RoundPoint> rounds = run.history().rounds();
        if (rounds.size() < 2) {
            return Optional.empty();
        }
        TimeShares all = TimeShares.sum(rounds.stream().map(RoundPoint::times).toList());
        PageTable table = new PageTable(1, "part of a round", "mean", "share");
        for (int part = 0; part < TimeShares.NAMES.size(); part++) {
            double seconds = all.seconds().get(part);
            table.row(
                    TimeShares.NAMES.get(part),
                    format("%.3f s", seconds / rounds.size()),
                    format("%.1f %%", 100 * seconds / all.total()));
        }
        return Optional.of(section(
                h2("Where the time went"),
                chart(rounds).html(),
                table.html(),
                p("Workers and replicas run side by side; of what they do at once, the slowest counts. 'training' is forward pass,"
                                + " backward pass and update. 'writing' to 'averaging' is the exchange between executors.")
                        .withClass("note"),
                costs(run)));
    }

    private static PageChart chart(List<RoundPoint> rounds) {
        List<List<RoundPoint>> groups = Thinning.groups(rounds);
        double[] places = groups.stream()
                .mapToDouble(group -> group.get(group.size() - 1).epoch())
                .toArray();
        List<Curve> curves = new ArrayList<>();
        for (int part = 0; part < TimeShares.NAMES.size(); part++) {
            int number = part;
            curves.add(new Curve(
                    TimeShares.NAMES.get(part),
                    places,
                    groups.stream()
                            .mapToDouble(group -> group.stream()
                                    .mapToDouble(
                                            round -> round.times().seconds().get(number))
                                    .average()
                                    .orElse(0))
                            .toArray()));
        }
        return new PageChart("Seconds of a round", "epochs", "seconds", curves, Form.STACKED);
    }

    private static DomContent costs(RunReport run) {
        Optional<IntervalCosts> found = run.description()
                .flatMap(description -> IntervalCosts.of(run.history().rounds(), description.batchSize()));
        if (found.isEmpty()) {
            return p("");
        }
        IntervalCosts costs = found.get();
        double now = costs.epochSeconds(costs.used());
        PageTable table = new PageTable(1, "averaging.every", "rounds per epoch", "epoch", "averaging", "against now");
        for (int interval : costs.intervals()) {
            double seconds = costs.epochSeconds(interval);
            table.row(
                    interval + (interval == costs.used() ? " (now)" : ""),
                    Integer.toString(costs.rounds(interval)),
                    format("%.1f s", seconds),
                    format("%.1f %%", 100 * costs.averagingShare(interval)),
                    format("%+.1f %%", 100 * (seconds / now - 1)));
        }
        return section(
                h2("What another averaging interval would cost"),
                table.html(),
                p(format(
                                "From this run: %.3f s for a minibatch, %.3f s for an average. Longer intervals cost accuracy.",
                                costs.minibatchSeconds(), costs.averageSeconds()))
                        .withClass("note"));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
