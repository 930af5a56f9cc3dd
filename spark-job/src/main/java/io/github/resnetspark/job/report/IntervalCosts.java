package io.github.resnetspark.job.report;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What averaging would cost with other intervals, from the times of a run: a minibatch takes as long as it took, and so does
 * an average, whatever the interval is.
 *
 * @param used the interval of the last rounds
 * @param minibatchSeconds time of a minibatch of all replicas, with waiting for pictures
 * @param averageSeconds time of an average
 * @param minibatches those of an epoch, of the replica that has most
 * @param intervals the intervals to compare
 */
record IntervalCosts(
        int used, double minibatchSeconds, double averageSeconds, int minibatches, List<Integer> intervals) {
    private static final List<Integer> INTERVALS = List.of(1, 2, 5, 10, 20, 50, 100);
    /** Before that, executors warm up. */
    private static final int FIRST_ROUNDS = 2;

    /**
     * The costs of a run.
     *
     * @param batchSize pictures of a replica's minibatch
     * @return empty if there are too few rounds
     */
    static Optional<IntervalCosts> of(List<RoundPoint> rounds, int batchSize) {
        List<RoundPoint> warm = rounds.stream()
                .skip(FIRST_ROUNDS)
                .filter(round -> round.largestShare() > 0)
                .toList();
        if (warm.isEmpty() || batchSize < 1) {
            return Optional.empty();
        }
        long steps =
                warm.stream().mapToLong(round -> minibatches(round, batchSize)).sum();
        RoundPoint last = warm.get(warm.size() - 1);
        int used = warm.stream()
                .filter(round -> round.epoch() > last.epoch() - 1)
                .mapToInt(round -> minibatches(round, batchSize))
                .max()
                .orElseThrow();
        double training = warm.stream()
                .mapToDouble(round -> round.seconds() - round.averageSeconds())
                .sum();
        double averages = warm.stream().mapToDouble(RoundPoint::averageSeconds).sum() / warm.size();
        double epochs = last.epoch() - warm.get(0).epoch();
        int perEpoch = epochs > 0 ? (int) Math.max(used, Math.round((steps - used) / epochs)) : used;
        TreeSet<Integer> intervals = new TreeSet<>(INTERVALS);
        intervals.add(used);
        return Optional.of(new IntervalCosts(
                used,
                training / steps,
                averages,
                perEpoch,
                intervals.stream()
                        .filter(interval -> interval <= Math.max(used, perEpoch))
                        .toList()));
    }

    /** The minibatches that the busiest replica of a round trained on. */
    static int minibatches(RoundPoint round, int batchSize) {
        return (int) ((round.largestShare() + batchSize - 1) / batchSize);
    }

    /** Seconds of an epoch with an interval. */
    double epochSeconds(int interval) {
        return minibatches * minibatchSeconds + rounds(interval) * averageSeconds;
    }

    /** Rounds of an epoch with an interval. */
    int rounds(int interval) {
        return (minibatches + interval - 1) / interval;
    }

    /** The share of an epoch that averages take, 0 to 1. */
    double averagingShare(int interval) {
        return rounds(interval) * averageSeconds / epochSeconds(interval);
    }

    /** All intervals' seconds of an epoch, in order. */
    List<Double> epochSeconds() {
        return IntStream.range(0, intervals.size())
                .mapToObj(index -> epochSeconds(intervals.get(index)))
                .toList();
    }
}
