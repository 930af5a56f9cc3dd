package io.github.resnetspark.message.job;

/** Why a cached row group cannot be read, in words that stand in parentheses after its name. */
public final class InputReasons {
    private InputReasons() {}

    public static String notARowGroup() {
        return "it is not a cached row group";
    }

    public static String pictureLength(int bytes) {
        return "it has a picture of " + bytes + " bytes";
    }

    public static String wrongChecksum() {
        return "it does not match its checksum";
    }
}
