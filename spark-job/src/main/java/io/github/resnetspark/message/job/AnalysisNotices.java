package io.github.resnetspark.message.job;

/** What analyses log. */
public final class AnalysisNotices {
    private AnalysisNotices() {}

    public static String trainsNetwork(String network, int missing, int networks) {
        return "Training " + network + ": " + missing + " of " + networks + " networks are not trained yet.";
    }

    public static String pointsKept(int points, int all) {
        return "Resuming: " + points + " of " + all + " points are computed already.";
    }
}
