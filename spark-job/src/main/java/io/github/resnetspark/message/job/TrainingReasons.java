package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;

/** Why a checkpoint or a cached row group is damaged, and what was lost: parts of other messages. */
public final class TrainingReasons {
    private TrainingReasons() {}

    public static String wrongChecksum(String file) {
        return file + " does not match its checksum";
    }

    public static String notAListOfChecksums(String file) {
        return file + " is not a list of checksums";
    }

    public static String otherFormat(String file, int version, int supported) {
        return file + " has format version " + version + ", not " + supported;
    }

    public static String tooLong(String file, int floats) {
        return file + " has more than " + Amounts.counted(floats, "float", "floats");
    }

    public static String truncated(int floats) {
        return "a vector of " + Amounts.counted(floats, "float", "floats") + " is truncated";
    }

    public static String averageLost() {
        return "part of the averaged parameters and momentum is no longer on any executor";
    }

    public static String notARowGroup() {
        return "it is not a cached row group";
    }

    public static String pictureLength(int bytes) {
        return "it has a picture of " + bytes + " bytes";
    }

    public static String cachedChecksum() {
        return "it does not match its checksum";
    }
}
