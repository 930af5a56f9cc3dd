package io.github.resnetspark.text;

/** Durations for people. */
public final class DurationText {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private DurationText() {}

    /** Such as {@code 12 s}, {@code 3 min 12 s} or {@code 1 h 5 min}. */
    public static String of(long seconds) {
        if (seconds >= HOUR) {
            return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
        }
        return seconds >= MINUTE ? seconds / MINUTE + " min " + seconds % MINUTE + " s" : seconds + " s";
    }
}
