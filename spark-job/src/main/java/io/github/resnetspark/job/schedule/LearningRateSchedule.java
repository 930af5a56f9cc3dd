package io.github.resnetspark.job.schedule;

import java.io.Serializable;
import java.util.List;

/** The learning rate at any time of a training run. Schedules begin with an optional {@link Warmup}. */
public sealed interface LearningRateSchedule extends Serializable
        permits StepSchedule, CosineSchedule, OneCycleSchedule {
    /**
     * The rate at a time.
     *
     * @param epoch epochs done, a fraction within an epoch: 0 at the first iteration; past the end the rate stays what it
     *     is at the end
     */
    double at(double epoch);

    /**
     * The rate falls by {@code factor} at each milestone (He et al., «Deep Residual Learning for Image Recognition», 2015).
     *
     * @param milestones fractions of the whole run, 0 to 1
     */
    static LearningRateSchedule step(
            double rate, double epochs, Warmup warmup, List<Double> milestones, double factor) {
        return new StepSchedule(rate, epochs, warmup, milestones, factor);
    }

    /**
     * After the warm-up, half a cosine from the rate down to 0 at the end of the run, without restarts (Loshchilov and
     * Hutter, «SGDR», 2016; as used by He et al., «Bag of Tricks for Image Classification», 2018).
     */
    static LearningRateSchedule cosine(double rate, double epochs, Warmup warmup) {
        return new CosineSchedule(rate, epochs, warmup);
    }

    /**
     * One rise and one fall, both linear (Smith and Topin, «Super-Convergence», 2017). The warm-up is the rise; without one
     * the rise takes 30 % of the run, from 1/25 of the rate. The fall ends at 1/10,000 of the rate, at the end of the run.
     */
    static LearningRateSchedule oneCycle(double rate, double epochs, Warmup warmup) {
        return new OneCycleSchedule(rate, epochs, warmup);
    }
}
