package io.github.resnetspark.job.schedule;

/** See {@link LearningRateSchedule#cosine}. */
record CosineSchedule(double rate, double epochs, Warmup warmup) implements LearningRateSchedule {
    CosineSchedule {
        TimeSpan.requirePositive("learning rate", rate);
        TimeSpan.requirePositive("length of the run in epochs", epochs);
    }

    @Override
    public double at(double epoch) {
        if (warmup.covers(epoch)) {
            return warmup.toward(rate, epoch);
        }
        return rate * (1 + Math.cos(Math.PI * TimeSpan.progress(epoch, warmup.epochs(), epochs))) / 2;
    }
}
