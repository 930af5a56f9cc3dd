package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import java.util.Optional;

/**
 * How often the replicas are averaged, and what happens with the average.
 *
 * @param every H, the minibatches between two averagings of all workers, over the run
 * @param within minibatches between two averagings of the replicas of one worker; empty to average them only at the end
 *     of a round
 * @param momentum what happens with the workers' momentum
 * @param outer computes the start of the next round from the average
 * @param ema a moving average that is validated in addition to the parameters; optional
 */
public record AveragingRule(
        AveragingSchedule every,
        Optional<Integer> within,
        InnerMomentum momentum,
        OuterNesterov outer,
        Optional<ExponentialAverage> ema) {

    /** Plain averaging of parameters and momentum, always after the same number of minibatches. */
    public static AveragingRule plain(int every) {
        return new AveragingRule(
                AveragingSchedule.always(every),
                Optional.empty(),
                InnerMomentum.AVERAGE,
                new OuterNesterov(0, 1),
                Optional.empty());
    }

    /** Whether the next round begins with the average itself, so that the driver need not send it. */
    boolean usesAverage() {
        return outer.isPlainAveraging();
    }
}
