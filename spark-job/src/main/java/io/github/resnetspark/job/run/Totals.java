package io.github.resnetspark.job.run;

/**
 * Sums over rounds.
 *
 * @param examples that were trained on
 * @param seconds wall-clock time
 * @param lossSum the cross-entropy of all examples, in nats, summed
 */
record Totals(long examples, double seconds, double lossSum) {
    static final Totals NONE = new Totals(0, 0, 0);

    Totals plus(RoundMetrics round) {
        return new Totals(
                examples + round.examples(), seconds + round.seconds(), lossSum + round.loss() * round.examples());
    }
}
