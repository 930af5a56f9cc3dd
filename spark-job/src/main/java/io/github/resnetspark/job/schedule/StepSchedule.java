package io.github.resnetspark.job.schedule;

import java.util.List;

/** See {@link LearningRateSchedule#step}. Milestones count from the start of the run, the warm-up included. */
record StepSchedule(double rate, double epochs, Warmup warmup, List<Double> milestones, double factor)
        implements LearningRateSchedule {
    StepSchedule {
        TimeSpan.requirePositive("learning rate", rate);
        TimeSpan.requirePositive("length of the run in epochs", epochs);
        TimeSpan.requirePositive("factor of a step", factor);
        milestones = List.copyOf(milestones);
        for (double milestone : milestones) {
            if (!(milestone >= 0 && milestone <= 1)) {
                throw new IllegalArgumentException(
                        "a milestone is " + milestone + " but must be a fraction of the run, 0 to 1");
            }
        }
    }

    @Override
    public double at(double epoch) {
        return warmup.covers(epoch) ? warmup.toward(stepped(warmup.epochs()), epoch) : stepped(epoch);
    }

    private double stepped(double epoch) {
        double stepped = rate;
        for (double milestone : milestones) {
            if (epoch >= milestone * epochs) {
                stepped *= factor;
            }
        }
        return stepped;
    }
}
