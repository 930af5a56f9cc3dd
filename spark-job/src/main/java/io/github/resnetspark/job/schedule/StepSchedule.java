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
        double target = withoutIncrease(epoch);
        return warmup.covers(epoch) ? warmup.toward(target, epoch) : target;
    }

    @Override
    public double withoutIncrease(double epoch) {
        return stepped(Math.max(epoch, settings.warmup().epochs()));
    }

    private double stepped(double epoch) {
        double stepped = settings.peak();
        int passed = new Milestones(settings.milestones(), settings.epochs()).passed(epoch);
        for (int i = 0; i < passed; i++) {
            stepped *= settings.factor();
        }
        return stepped;
    }
}
