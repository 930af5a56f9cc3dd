package io.github.resnetspark.message.job;

/** Why a checkpoint is damaged, in words that stand in parentheses after its name. */
public final class CheckpointReasons {
    private CheckpointReasons() {}

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
        return file + " has more than " + Phrases.count(floats, "float", "floats");
    }

    public static String truncated(int floats) {
        return "a vector of " + Phrases.count(floats, "float", "floats") + " is truncated";
    }
}
