package io.github.resnetspark.message.job;

import java.util.Locale;

/** How a new model compares with the current version. A top-1 is a share of the pictures, 0 to 1. */
public final class PromotionNotices {
    private PromotionNotices() {}

    public static String belowMinimum(double top1, long pictures, double minimum) {
        return reached(top1, pictures) + ", but promote.min-top1 requires " + percent(minimum) + ".";
    }

    public static String firstVersion(double top1, long pictures) {
        return reached(top1, pictures) + ", and there is no current version.";
    }

    /** {@code gain}: the gain in top-1 over the current version, negative for a loss. */
    public static String compared(double top1, long pictures, double gain, String version, double top1OfVersion) {
        return difference(top1, pictures, gain, version, top1OfVersion) + ".";
    }

    /** The same, if the gain is too small. */
    public static String gainTooSmall(
            double top1, long pictures, double gain, String version, double top1OfVersion, double margin) {
        return difference(top1, pictures, gain, version, top1OfVersion)
                + (margin < 0
                        ? String.format(
                                Locale.ROOT,
                                ", but promote.margin allows a loss of at most %.2f points.",
                                -100 * margin)
                        : String.format(
                                Locale.ROOT, ", but promote.margin requires a gain of %.2f points.", 100 * margin));
    }

    /** Follows one of the sentences above. */
    public static String alreadyCurrent(String version) {
        return "It is version " + version + ", which is the current one already.";
    }

    /** Follows one of the sentences above. */
    public static String replacedSince(String version) {
        return "This model was promoted as version " + version
                + " before. Another version was made the current one since then, and stays it.";
    }

    public static String alignsClasses(long known, int classes) {
        return "The current version knows " + known + " of the " + classes
                + " classes. It gets the probability 0 for all others, so each picture of them counts as an error.";
    }

    private static String difference(double top1, long pictures, double gain, String version, double top1OfVersion) {
        String than = gain == 0
                ? "the same as"
                : String.format(
                        Locale.ROOT, "%.2f points %s than", 100 * Math.abs(gain), gain > 0 ? "better" : "worse");
        return reached(top1, pictures) + ", " + than + " version " + version + " (" + percent(top1OfVersion) + ")";
    }

    private static String reached(double top1, long pictures) {
        return String.format(
                Locale.ROOT,
                "The model reaches a top-1 of %s on %,d picture%s",
                percent(top1),
                pictures,
                pictures == 1 ? "" : "s");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
