package io.github.resnetspark.job.metrics;

import io.github.resnetspark.job.exchange.WorkerReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What each replica did in a round: one list for each worker that had examples, in worker order, with one number for
 * each of its replicas. Lists of numbers, because a line of {@code metrics.jsonl} has hundreds of them on a large
 * cluster.
 *
 * @param examples number of examples that a replica trained on
 * @param computeSeconds time of forward pass, backward pass and update, to the tenth of a millisecond
 * @param waitSeconds time in which a replica waited for pictures, to the tenth of a millisecond
 */
public record ReplicaMetrics(
        List<List<Long>> examples, List<List<Double>> computeSeconds, List<List<Double>> waitSeconds) {
    private static final int DECIMALS = 4;

    /** Examples of the replica that had most. */
    public long mostExamples() {
        return examples.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** The metrics of a round with these reports, in worker order. */
    static ReplicaMetrics of(List<WorkerReport> reports) {
        return new ReplicaMetrics(
                ofAll(reports, WorkerReport.Replica::examples),
                seconds(reports, WorkerReport.Replica::computeSeconds),
                seconds(reports, WorkerReport.Replica::waitSeconds));
    }

    private static List<List<Double>> seconds(List<WorkerReport> reports, ToDoubleFunction<WorkerReport.Replica> time) {
        return ofAll(reports, replica -> BigDecimal.valueOf(time.applyAsDouble(replica))
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue());
    }

    private static <T> List<List<T>> ofAll(List<WorkerReport> reports, Function<WorkerReport.Replica, T> figure) {
        return reports.stream()
                .map(report -> report.replicas().stream().map(figure).toList())
                .toList();
    }
}
