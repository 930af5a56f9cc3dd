package io.github.resnetspark.job.report;

import io.github.resnetspark.job.metrics.RoundMetrics;
import java.util.List;

/**
 * What a report shows of a round. Much smaller than {@link RoundMetrics}, because a run may have a hundred thousand.
 *
 * @param epoch epochs that were done after it, with a fraction
 * @param examples number of examples
 * @param largestShare examples of the replica that had most
 * @param loss as in {@code metrics.jsonl}, like all that follow
 */
record RoundPoint(
        double epoch,
        long examples,
        long largestShare,
        double loss,
        double learningRate,
        double imagesPerSecond,
        double seconds,
        double averageSeconds,
        TimeShares times) {

    static RoundPoint of(RoundMetrics round) {
        return new RoundPoint(
                round.epochsDone(),
                round.examples(),
                round.replicas() == null ? 0 : round.replicas().mostExamples(),
                round.loss(),
                round.learningRate(),
                round.imagesPerSecond(),
                round.seconds(),
                round.averageSeconds(),
                TimeShares.of(round));
    }

    /** The speed over several rounds, averaging included; 0 if there are none. */
    static double imagesPerSecond(List<RoundPoint> rounds) {
        double seconds = rounds.stream().mapToDouble(RoundPoint::seconds).sum();
        return seconds > 0 ? rounds.stream().mapToLong(RoundPoint::examples).sum() / seconds : 0;
    }
}
