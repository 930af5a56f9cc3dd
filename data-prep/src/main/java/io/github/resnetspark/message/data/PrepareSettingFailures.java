package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.quoted;

/** Why a setting of the section {@code prepare} is refused. */
public final class PrepareSettingFailures {
    private PrepareSettingFailures() {}

    public static String noSource() {
        return "prepare.source is empty. Set it to the folder or archive that contains the pictures.";
    }

    public static String shardSize(long bytes) {
        return "prepare.shard-size is " + bytes + " but must be at least 1. Set it to, for example, 64 MiB.";
    }

    public static String rowGroup(int pictures) {
        return "prepare.row-group is " + pictures + " but must be at least 1. Set it to, for example, 256.";
    }

    public static String maxRejected(int pictures) {
        return "prepare.max-rejected is " + pictures
                + " but must be at least 0. Set it to 0 to stop at the first unusable picture.";
    }

    public static String validationShare(double share, double most) {
        return "prepare.validation-share is " + share + " but must be more than 0 and at most " + most
                + ". Set it to the share of the pictures that validate, for example 0.1.";
    }

    public static String repeatedLabel() {
        return "prepare.labels names a class twice. Name each class once.";
    }

    public static String jpegQuality(int quality) {
        return "prepare.jpeg-quality is " + quality + " but must be between 1 and 100. Set it to, for example, 95.";
    }

    public static String resize(String text) {
        return quoted(text)
                + " is not a resize policy. Use none, or short-side, square or max-side followed by a number"
                + " of pixels, for example short-side 256.";
    }
}
