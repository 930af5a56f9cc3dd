package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;

/**
 * After the warm-up, a straight line from the peak down to 0 at the end of the run. Of the usual schedules it loses least when
 * there is time for few epochs only (Li, Yumer and Ramanan, "Budgeted Training", 2020).
 */
record LinearSchedule(Schedule.Settings settings) implements LearningRateSchedule {
    @Override
    public double at(double epoch) {
        Warmup warmup = settings.warmup();
        return warmup.covers(epoch) ? warmup.toward(settings.peak(), epoch) : withoutIncrease(epoch);
    }

    @Override
    public double withoutIncrease(double epoch) {
        return settings.peak() * (1 - settings.warmup().progress(epoch, settings.epochs()));
    }
}
