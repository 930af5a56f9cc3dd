package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;
import java.util.List;

/** The problems that {@code verify} finds. Each begins with the shard; the command says once, below them all, what to do. */
public final class VerifyNotices {
    private VerifyNotices() {}

    public static String missing(String shard) {
        return shard + " is missing.";
    }

    public static String notListed(String shard) {
        return shard + " is not listed in the manifest.";
    }

    /** {@code reason} is one or more whole sentences. */
    public static String unreadable(String shard, String reason) {
        return shard + " cannot be read: " + FullStop.added(reason);
    }

    public static String otherLength(String shard, long bytes, long listed) {
        return shard + " has " + bytes + " bytes, but the manifest says " + listed + ".";
    }

    public static String otherSha256(String shard) {
        return shard + " does not match its SHA-256 in the manifest: it was modified or replaced.";
    }

    public static String otherPreparation(String shard) {
        return shard + " is left over from a prepare run with a different source or different options.";
    }

    public static String otherFooterVersion(String shard, String found, int listed) {
        return shard + " has format version " + quoted(found) + " in its footer, but the manifest says " + listed + ".";
    }

    public static String otherColumnVersion(String shard, int found, int listed) {
        return shard + " has the columns of format version " + found + ", but the manifest says " + listed + ".";
    }

    public static String otherRowGroups(String shard, List<Integer> found, List<Integer> listed) {
        return shard + " has row groups of " + found + " rows, but the manifest says " + listed + ".";
    }

    public static String rowLabel(String shard, long row, String picture, int label, int classes) {
        return row(shard, row, picture) + " has the label " + label + ", which is outside 0 to " + (classes - 1) + ".";
    }

    public static String rowSize(
            String shard, long row, String picture, int width, int height, int listedWidth, int listedHeight) {
        return row(shard, row, picture) + " is a picture of " + width + " x " + height + " pixels, but the row says "
                + listedWidth + " x " + listedHeight + ".";
    }

    /** {@code reason} is a whole sentence. */
    public static String rowUnusable(String shard, long row, String picture, String reason) {
        return row(shard, row, picture) + " is not a usable picture: " + FullStop.added(reason);
    }

    public static String moreRows(String shard, long rows) {
        return shard + " has problems in " + count(rows, "more row", "more rows") + ".";
    }

    public static String classCount(String className, String split, long listed, long found) {
        return "The manifest counts " + count(listed, "picture", "pictures") + " of class " + quoted(className) + " in "
                + split + ", but the shards contain " + count(found, "picture", "pictures") + ".";
    }

    public static String channels(
            String split, List<Double> mean, List<Double> std, List<Double> foundMean, List<Double> foundStd) {
        return "The manifest has mean " + mean + " and std " + std + ", but the " + split + " pictures have mean "
                + foundMean + " and std " + foundStd + ".";
    }

    private static String row(String shard, long row, String picture) {
        return shard + ": row " + row + " (" + ShownText.line(picture) + ")";
    }
}
