package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.WeightedAverage;
import io.github.resnetspark.job.worker.WorkerReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One slice of the averaged vector, and the reports that came with its parts.
 *
 * @param slice its index
 * @param values the weighted mean of the workers' values
 * @param reports one per worker, in worker order
 */
@SuppressWarnings("ArrayRecordComponent") // Part of a vector on its way; compared by nobody.
record SliceAverage(int slice, float[] values, List<WorkerReport> reports) implements Serializable {

    /** One worker's part of a slice. */
    record Part(Contribution contribution, WorkerReport report) implements Serializable {}

    /** Averages the parts of one slice; the order in which they arrived does not matter. */
    static SliceAverage of(int slice, Iterable<Part> parts) {
        List<Contribution> contributions = new ArrayList<>();
        List<WorkerReport> reports = new ArrayList<>();
        for (Part part : parts) {
            contributions.add(part.contribution());
            reports.add(part.report());
        }
        reports.sort(Comparator.comparingInt(WorkerReport::worker));
        // A list that Java's serialization knows in every release.
        return new SliceAverage(slice, WeightedAverage.of(contributions), new ArrayList<>(reports));
    }
}
