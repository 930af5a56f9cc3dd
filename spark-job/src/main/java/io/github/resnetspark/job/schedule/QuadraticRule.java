package io.github.resnetspark.job.schedule;

/**
 * H = ⌊(α / η)²⌋ at the learning rate η: the Quadratic Synchronization Rule of Gu et al., "A Quadratic Synchronization
 * Rule for Distributed Deep Learning", 2024. The replicas may train alone for longer as the rate falls. While the rate
 * rises at the beginning of a run, H is already that of the rate it rises to, as in the paper: the small rates before it
 * would give a large H when the network changes fastest.
 *
 * @param alpha α, more than 0
 * @param rate learning rate of the run
 */
public record QuadraticRule(double alpha, LearningRateSchedule rate) {
    /** (0.3 / 0.1)² is slightly below 9 in binary arithmetic, and the drops of a schedule multiply such errors. */
    private static final double ROUNDING = 1e-9;

    public QuadraticRule {
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("α is " + alpha + " but must be above 0.");
        }
    }

    /** H without limits, from 0 to {@link Long#MAX_VALUE}, at a number of completed epochs. */
    long at(double epoch) {
        double ratio = alpha / rate.withoutIncrease(epoch);
        return (long) Math.floor(ratio * ratio * (1 + ROUNDING));
    }
}
