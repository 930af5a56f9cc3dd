package io.github.resnetspark.job.schedule;

/** See {@link LearningRateSchedule#oneCycle}. */
record OneCycleSchedule(double rate, double epochs, Warmup warmup) implements LearningRateSchedule {
    private static final double DEFAULT_RISE = 0.3;
    private static final double DEFAULT_START = 1.0 / 25;
    private static final double END = 1e-4;

    OneCycleSchedule {
        TimeSpan.requirePositive("learning rate", rate);
        TimeSpan.requirePositive("length of the run in epochs", epochs);
        if (warmup.epochs() == 0) {
            warmup = new Warmup(DEFAULT_RISE * epochs, DEFAULT_START * rate);
        }
    }

    @Override
    public double at(double epoch) {
        if (warmup.covers(epoch)) {
            return warmup.toward(rate, epoch);
        }
        return rate * (1 - (1 - END) * TimeSpan.progress(epoch, warmup.epochs(), epochs));
    }
}
