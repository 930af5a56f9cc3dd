package io.github.resnetspark.job.report;

import io.github.resnetspark.job.metrics.RoundMetrics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where the seconds of a round went. What several workers do at once counts as long as the slowest takes, so the parts may
 * add up to a little more than the round; what they leave is {@code other}.
 *
 * @param seconds in the order of {@link #NAMES}
 */
record TimeShares(List<Double> seconds) {
    /** The parts of a round, in the order of a chart from bottom to top. */
    static final List<String> NAMES = List.of(
            "training", "waiting for pictures", "loading", "writing", "shuffling", "averaging", "driver", "other");

    static TimeShares of(RoundMetrics round) {
        double known = round.computeSeconds()
                + round.waitSeconds()
                + round.loadSeconds()
                + round.serializeSeconds()
                + round.shuffleSeconds()
                + round.reduceSeconds()
                + round.broadcastSeconds()
                + round.driverSeconds();
        return new TimeShares(List.of(
                round.computeSeconds(),
                round.waitSeconds(),
                round.loadSeconds(),
                round.serializeSeconds(),
                round.shuffleSeconds(),
                round.reduceSeconds(),
                round.broadcastSeconds() + round.driverSeconds(),
                Math.max(0, round.seconds() - known)));
    }

    /** The sum of all parts of several rounds, part by part. */
    static TimeShares sum(List<TimeShares> rounds) {
        double[] sums = new double[NAMES.size()];
        for (TimeShares round : rounds) {
            for (int part = 0; part < sums.length; part++) {
                sums[part] += round.seconds.get(part);
            }
        }
        return new TimeShares(DoubleStream.of(sums).boxed().toList());
    }

    double total() {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }
}
