package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.Locale;

/** How commands end, and what they log meanwhile. */
public final class CommandNotices {
    private static final String NOTHING_TO_DO = "Nothing to do: ";

    private CommandNotices() {}

    public static String alreadyTrained(String model) {
        return NOTHING_TO_DO + ShownText.line(model) + " already has the model of this recipe and these shards.";
    }

    public static String drawsPictures(int pictures) {
        return String.format(Locale.ROOT, "Drawing %,d pictures.", pictures);
    }

    public static String nothingToDelete(String registry) {
        return NOTHING_TO_DO + ShownText.line(registry) + " has no older versions.";
    }

    public static String deleted(String registry, List<String> versions) {
        return ShownText.line(registry) + ": deleted version" + (versions.size() == 1 ? " " : "s ")
                + String.join(", ", versions) + ".";
    }

    public static String noCurrentVersion(String registry) {
        return NOTHING_TO_DO + ShownText.line(registry) + " has no current version.";
    }

    public static String noOtherVersion(String registry, String current) {
        return NOTHING_TO_DO + ShownText.line(registry) + " has no version other than " + current + " to go back to.";
    }

    /** {@code before}: a version, or {@code none}. */
    public static String rolledBack(String registry, String now, String before) {
        return ShownText.line(registry) + ": version " + now + " is current now, instead of " + before + ".";
    }

    public static String alreadyFetched(String link, String version) {
        return NOTHING_TO_DO + ShownText.line(link) + " is version " + version + ", the current one.";
    }

    public static String fetched(String link, String version, String copy) {
        return ShownText.line(link) + " now names " + copy + ", which is version " + version + ".";
    }

    public static String copying(String model, long bytes, long total) {
        return String.format(
                Locale.ROOT, "Copying %s: %,.1f of %,.1f MB.", ShownText.line(model), bytes / 1e6, total / 1e6);
    }

    /** {@code reason}: whole sentences. */
    public static String localCopyDamaged(String copy, String reason) {
        return ShownText.line(copy) + " is damaged and is copied again (" + ShownText.clause(reason) + ").";
    }

    public static String noVersions(String registry) {
        return ShownText.line(registry) + " has no versions.";
    }

    public static String readyToTrain(String network) {
        return network + " is ready to be trained. Nothing was written.";
    }

    public static String dataPageNotWritten(String file, String why) {
        return "The page of the data set cannot be written to " + ShownText.line(file) + " (" + ShownText.clause(why)
                + "). The data set is complete without it. Run prepare again to make the page.";
    }

    /** Follows a list of missing and damaged shards. */
    public static String prepareAgain() {
        return "Run prepare again with the same source and options. It writes the missing and damaged shards again. Shards that"
                + " cannot be read at the moment stay as they are.";
    }
}
