package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;

/**
 * The rate is multiplied by the factor at each milestone (He et al., "Deep Residual Learning for Image Recognition",
 * 2015). Milestones count from the start of the run, including the warm-up.
 */
record StepSchedule(Schedule.Settings settings) implements LearningRateSchedule {
    @Override
    public double at(double epoch) {
        Warmup warmup = settings.warmup();
        return warmup.covers(epoch) ? warmup.toward(stepped(warmup.epochs()), epoch) : stepped(epoch);
    }

    private double stepped(double epoch) {
        double stepped = settings.peak();
        for (double milestone : settings.milestones()) {
            if (epoch >= milestone * settings.epochs()) {
                stepped *= settings.factor();
            }
        }
        return stepped;
    }
}
