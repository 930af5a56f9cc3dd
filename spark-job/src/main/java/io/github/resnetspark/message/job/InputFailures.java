package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;

/** Why shards cannot be read for a training or an evaluation. */
public final class InputFailures {
    private static final String PREPARE_AGAIN =
            " Run verify to see which shards are damaged, then prepare the data set again.";

    private InputFailures() {}

    public static String undecodable(String picture, String why) {
        return "The picture '" + ShownText.line(picture) + "' in the shards cannot be decoded: " + FullStop.added(why)
                + PREPARE_AGAIN;
    }

    public static String rowCountDiffers(String shard, int rowGroup, int rows, int ofManifest) {
        return ShownText.line(shard) + " has " + Amounts.counted(rows, "row", "rows") + " in row group " + rowGroup
                + " but the manifest says " + ofManifest + "." + PREPARE_AGAIN;
    }

    public static String unknownLabel(String picture, String shard, int label, int classes) {
        return "The picture '" + ShownText.line(picture) + "' in " + ShownText.line(shard) + " has the label " + label
                + " but the manifest has " + Amounts.counted(classes, "class", "classes") + "." + PREPARE_AGAIN;
    }

    public static String notClosed(String shard, String why) {
        return ShownText.line(shard) + " cannot be closed (" + ShownText.clause(why) + "). Check the file system.";
    }

    /** A file of a user's own, read by a user's own loader. */
    public static String minibatchNotLoaded(String path) {
        return ShownText.line(path)
                + " cannot be loaded as a minibatch. Check that the file exists and that the loader can read it.";
    }
}
