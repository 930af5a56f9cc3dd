package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;

/**
 * One linear increase and one linear decrease (Smith and Topin, "Super-Convergence", 2017). The increase is the
 * warm-up; without a warm-up it takes 30 % of the run and starts at 1/25 of the peak. The decrease ends at 1/10,000 of
 * the peak, at the end of the run.
 */
record OneCycleSchedule(double peak, double epochs, Warmup rise) implements LearningRateSchedule {
    private static final double DEFAULT_RISE = 0.3;
    private static final double DEFAULT_START = 1.0 / 25;
    private static final double END = 1e-4;

    OneCycleSchedule(Schedule.Settings settings) {
        this(
                settings.peak(),
                settings.epochs(),
                settings.warmup().epochs() > 0
                        ? settings.warmup()
                        : new Warmup(DEFAULT_RISE * settings.epochs(), DEFAULT_START * settings.peak()));
    }

    @Override
    public double at(double epoch) {
        return rise.covers(epoch) ? rise.toward(peak, epoch) : withoutIncrease(epoch);
    }

    @Override
    public double withoutIncrease(double epoch) {
        return rise.covers(epoch) ? peak : peak * (1 - (1 - END) * rise.progress(epoch, epochs));
    }
}
