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
import org.apache.spark.SparkEnv;
import scala.Tuple2;

/**
 * One slice of the averaged vector, and what came with its parts.
 *
 * @param slice its index
 * @param values the weighted mean of the workers' values
 * @param reports one per worker, in worker order; only in one slice
 * @param diverged workers whose values are not all finite numbers
 */
record SliceAverage(int slice, RawFloats values, List<PlacedReport> reports, List<Integer> diverged)
        implements Serializable {
    /** The slice that comes with the workers' reports; with all slices they would be as many as workers times slices. */
    private static final int WITH_REPORTS = 0;

    /**
     * One worker's part of a slice.
     *
     * @param report how it went; null except in one slice
     */
    record Part(Contribution contribution, PlacedReport report) implements Serializable {}

    /** What the driver needs of it at once: all but the values. */
    record Summary(List<PlacedReport> reports, List<Integer> diverged) implements Serializable {}

    /** In an executor: what a worker gives for each slice, by the slice's index. */
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

    /** Averages the parts of one slice; the order in which they arrived does not matter. */
    static SliceAverage of(int slice, List<Part> parts) {
        WeightedAverage average =
                WeightedAverage.of(parts.stream().map(Part::contribution).toList());
        // Lists that Java's serialization knows in every release.
        List<PlacedReport> reports = new ArrayList<>();
        List<Integer> diverged = new ArrayList<>();
        parts.stream()
                .filter(part -> part.report() != null)
                .sorted(Comparator.comparingInt(part -> part.contribution().worker()))
                .forEach(part -> reports.add(part.report()));
        if (!average.isFinite()) {
            // What is not finite in one worker is not finite in the average, so only now it is worth a look.
            parts.stream()
                    .map(Part::contribution)
                    .filter(contribution -> !contribution.values().isFinite())
                    .forEach(contribution -> diverged.add(contribution.worker()));
        }
        return new SliceAverage(slice, average.values(), reports, diverged);
    }

    /**
     * Where each worker of a round ran, in worker order.
     *
     * @param averages of all slices
     */
    static List<PlacedReport> placed(List<Summary> averages) {
        return averages.stream().flatMap(slice -> slice.reports().stream()).toList();
    }

    /**
     * The workers' reports, in worker order, with what only the averages tell of them.
     *
     * @param tasks theirs, in the same order
     * @param averages of all slices
     */
    static List<WorkerReport> reports(List<? extends RoundTask<?>> tasks, List<Summary> averages) {
        Set<Integer> diverged = new TreeSet<>();
        averages.forEach(average -> diverged.addAll(average.diverged()));
        List<PlacedReport> placed = placed(averages);
        List<WorkerReport> reports = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            WorkerReport report = placed.get(i).report();
            // The loss is computed before the update, so the last minibatch's damage shows in the state only.
            reports.add(
                    diverged.contains(report.worker())
                            ? report.divergedIn(tasks.get(i).minibatches() - 1)
                            : report);
        }
        return reports;
    }

    /**
     * A worker's report, and where it ran.
     *
     * @param place the executor, as Spark takes a preferred location
     */
    record PlacedReport(WorkerReport report, String place) implements Serializable {

        /** In the executor. */
        static PlacedReport here(WorkerReport report) {
            SparkEnv env = SparkEnv.get();
            return new PlacedReport(
                    report, "executor_" + env.blockManager().blockManagerId().host() + "_" + env.executorId());
        }
    }
}
