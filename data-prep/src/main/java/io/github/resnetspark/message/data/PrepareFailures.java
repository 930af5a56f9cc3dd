package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;
import static io.github.resnetspark.message.data.Wording.quotedPath;

import io.github.resnetspark.text.ShownText;

/** Why {@code prepare} refuses to write to a directory, or gives up. */
public final class PrepareFailures {
    private static final String OTHER_DIRECTORY = " Set data.shards to an empty directory, or delete the old shards.";
    private static final String OTHER_PREPARE = "a prepare run with a different source or different options";

    private PrepareFailures() {}

    /** A shard whose name this run does not write. */
    public static String unplannedShard(String file) {
        return path(file) + " is left over from " + OTHER_PREPARE + ": this run does not write a shard of that name."
                + OTHER_DIRECTORY;
    }

    /** A shard whose name this run writes too, but with other contents. */
    public static String otherShard(String file) {
        return path(file) + " is left over from " + OTHER_PREPARE + "." + OTHER_DIRECTORY;
    }

    public static String otherFormatVersion(String file, int version, int written) {
        return path(file) + " has format version " + version + ", but this release writes version " + written
                + " and does not mix versions." + OTHER_DIRECTORY;
    }

    /** {@code differences} come from {@link PrepareReasons}. */
    public static String otherDataSet(String directory, String differences) {
        return path(directory) + " already contains shards from " + OTHER_PREPARE + " (" + ShownText.clause(differences)
                + ")." + OTHER_DIRECTORY;
    }

    /** {@code example} is the name of one of the damaged shards. */
    public static String oldAndDamaged(
            String directory, int version, int damaged, int shards, String example, int written) {
        return Wording.share(damaged, shards, "shards", "is", "are") + " missing or damaged in " + path(directory)
                + ", such as " + quoted(example) + ". The directory has format version " + version
                + ", which this release reads but does not write (it writes version " + written
                + "). Restore these shards, or set data.shards to an empty directory.";
    }

    public static String foreignFiles(String directory, String example) {
        return path(directory) + " contains files that do not belong to a data set, such as " + quoted(example)
                + ". Set data.shards to an empty or new directory.";
    }

    /** {@code reason} is a whole sentence. */
    public static String tooManySkipped(String source, int skipped, int most, String picture, String reason) {
        return path(source) + ": " + count(skipped, "picture", "pictures")
                + " cannot be used, but prepare.max-rejected is " + most + ". The first is " + quotedPath(picture)
                + ": "
                + ShownText.words(reason)
                + " Raise prepare.max-rejected to skip such pictures and reuse the finished shards."
                + " Or repair or remove the pictures, and set data.shards to an empty directory.";
    }

    public static String alreadyWriting(String directory, String owner) {
        return "Another run is writing to " + path(directory) + " (" + ShownText.clause(owner)
                + "). Wait until it ends, or set data.shards to another directory.";
    }
}
