package io.github.resnetspark.job.schedule;

/** Checks that schedules share, and progress along a span of time. */
final class TimeSpan {
    private TimeSpan() {}

    static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the " + what + " is " + value + " but must be above 0");
        }
    }

    /** How far {@code time} is from {@code from} to {@code to}: 0 to 1, and 1 where nothing lies between the two. */
    static double progress(double time, double from, double to) {
        return time >= to ? 1 : Math.max(0, (time - from) / (to - from));
    }
}
