package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.averaging.WeightedAverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import scala.Tuple2;

/**
 * One slice of the averaged vector, and the reports that came with it.
 *
 * @param slice its index
 * @param values the weighted mean of the workers' values
 * @param reports one per worker, in worker order; only one slice has them
 * @param diverged workers with NaN or infinite values
 */
record SliceAverage(int slice, RawFloats values, List<PlacedReport> reports, List<Integer> diverged)
        implements Serializable {
    /** The slice that carries the workers' reports. If every slice did, there would be workers × slices of them. */
    private static final int WITH_REPORTS = 0;

    /**
     * The values of one worker for a slice.
     *
     * @param report statistics of its training; null except in one slice
     */
    record Part(Contribution contribution, PlacedReport report) implements Serializable {}

    /** What the driver needs at once: everything but the values. */
    record Summary(List<PlacedReport> reports, List<Integer> diverged) implements Serializable {}

    /** Runs on an executor: a worker's values for each slice, by the index of the slice. */
    static List<Tuple2<Integer, Part>> parts(RoundTask.Result result) {
        WorkerReport report = result.report();
        PlacedReport placed = PlacedReport.here(report);
        List<Tuple2<Integer, Part>> parts = new ArrayList<>();
        for (int slice = 0; slice < result.slices().size(); slice++) {
            Contribution contribution = new Contribution(
                    report.worker(), report.examples(), result.slices().get(slice));
            parts.add(new Tuple2<>(slice, new Part(contribution, slice == WITH_REPORTS ? placed : null)));
        }
        return parts;
    }

    Summary summary() {
        return new Summary(reports, diverged);
    }

    /** Averages one slice. The order of the parts does not matter. */
    static SliceAverage of(int slice, List<Part> parts) {
        WeightedAverage average =
                WeightedAverage.of(parts.stream().map(Part::contribution).toList());
        // These list types can be deserialized by every Java release.
        List<PlacedReport> reports = new ArrayList<>();
        List<Integer> diverged = new ArrayList<>();
        parts.stream()
                .filter(part -> part.report() != null)
                .sorted(Comparator.comparingInt(part -> part.contribution().worker()))
                .forEach(part -> reports.add(part.report()));
        if (!average.isFinite()) {
            // A value that is not finite in one worker is not finite in the average, so it is enough to check here.
            parts.stream()
                    .map(Part::contribution)
                    .filter(contribution -> !contribution.values().isFinite())
                    .forEach(contribution -> diverged.add(contribution.worker()));
        }
        return new SliceAverage(slice, average.values(), reports, diverged);
    }

    /**
     * The executor of each worker of a round, in worker order.
     *
     * @param averages of all slices
     */
    static List<PlacedReport> placed(List<Summary> averages) {
        return averages.stream().flatMap(slice -> slice.reports().stream()).toList();
    }

    /**
     * The workers' reports, in worker order, completed by what only the averages show.
     *
     * @param tasks their tasks, in the same order
     * @param averages of all slices
     */
    static List<WorkerReport> reports(List<? extends RoundTask<?>> tasks, List<Summary> averages) {
        Set<Integer> diverged = new TreeSet<>();
        averages.forEach(average -> diverged.addAll(average.diverged()));
        List<PlacedReport> placed = placed(averages);
        List<WorkerReport> reports = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            WorkerReport report = placed.get(i).report();
            // The loss is computed before the update, so divergence in the last minibatch is only visible in the state.
            reports.add(
                    diverged.contains(report.worker())
                            ? report.divergedIn(tasks.get(i).minibatches() - 1)
                            : report);
        }
        return reports;
    }

    /**
     * A worker's report and its executor.
     *
     * @param place the executor
     */
    record PlacedReport(WorkerReport report, Placement.Place place) implements Serializable {

        /** Runs on the executor. */
        static PlacedReport here(WorkerReport report) {
            return new PlacedReport(report, Placement.Place.here());
        }
    }
}
