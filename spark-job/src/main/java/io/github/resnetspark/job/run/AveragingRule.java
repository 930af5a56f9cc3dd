package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import java.util.Optional;

/**
 * How often the workers are averaged, and what is made of the average.
 *
 * @param every H over the run
 * @param momentum what becomes of the workers' momentum
 * @param outer what the next round begins with, given the average
 * @param ema a moving average that is validated beside the parameters, if there is to be one
 */
public record AveragingRule(
        AveragingSchedule every, InnerMomentum momentum, OuterNesterov outer, Optional<ExponentialAverage> ema) {

    /** Plain averaging with the momentum averaged too, always after so many minibatches. */
    public static AveragingRule plain(int every) {
        return new AveragingRule(
                AveragingSchedule.always(every), InnerMomentum.AVERAGE, new OuterNesterov(0, 1), Optional.empty());
    }

    /** Whether the next round begins with the average itself, so that it need not come from the driver. */
    boolean takesTheAverage() {
        return outer.isPlainAveraging() && momentum == InnerMomentum.AVERAGE;
    }
}
