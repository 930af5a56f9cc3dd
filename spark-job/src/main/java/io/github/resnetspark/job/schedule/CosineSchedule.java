package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;

/**
 * After the warm-up, half a cosine from the peak down to 0 at the end of the run, without restarts (Loshchilov and
 * Hutter, "SGDR", 2016; used by He et al., "Bag of Tricks for Image Classification", 2018).
 */
record CosineSchedule(Schedule.Settings settings) implements LearningRateSchedule {
    @Override
    public double at(double epoch) {
        Warmup warmup = settings.warmup();
        return warmup.covers(epoch) ? warmup.toward(settings.peak(), epoch) : withoutIncrease(epoch);
    }

    @Override
    public double withoutIncrease(double epoch) {
        Warmup warmup = settings.warmup();
        return warmup.covers(epoch)
                ? settings.peak()
                : settings.peak() * (1 + Math.cos(Math.PI * warmup.progress(epoch, settings.epochs()))) / 2;
    }
}
