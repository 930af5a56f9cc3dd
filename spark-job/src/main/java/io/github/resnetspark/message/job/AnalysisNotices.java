package io.github.resnetspark.message.job;

/** What analyses log. */
public final class AnalysisNotices {
    private AnalysisNotices() {}

    /** {@code number} counts from 1 through the networks that were missing when the analysis started. */
    public static String trainsNetwork(String network, int number, int missing) {
        return "Training network " + number + " of " + missing + " that are missing: " + network + ".";
    }

    public static String pointsKept(int points, int all) {
        return "Resuming: " + points + " of " + all + " points are computed already.";
    }
}
