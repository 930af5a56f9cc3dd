package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why the manifest of a data set cannot be used. */
public final class ManifestFailures {
    private static final String RESTORE = " Restore the file, or prepare the shards again in an empty directory.";

    private ManifestFailures() {}

    public static String missing(String directory, String manifest) {
        return path(directory) + " has no " + manifest
                + ", so it does not exist or is not finished. Run prepare with data.shards"
                + " set to this directory, or correct data.shards.";
    }

    public static String accessDenied(String file, String reason) {
        return path(file) + " cannot be read: access is denied (" + ShownText.clause(reason)
                + "). Give this user read permission, or run as another user.";
    }

    public static String notJson(String file, int line) {
        return path(file) + " is not valid JSON (line " + line + ")." + RESTORE;
    }

    public static String noVersion(String file) {
        return path(file) + " is not a manifest: it has no formatVersion." + RESTORE;
    }

    public static String tooNew(String file, int version, int newest) {
        return path(file) + " has format version " + version + ", but this release supports versions up to " + newest
                + ". Use a newer release.";
    }

    /** {@code field} is its path, such as {@code shards[0].rows}; empty if it is not known. */
    public static String wrongField(String file, String field) {
        return path(file) + ": " + (field.isEmpty() ? "a field" : "field " + ShownText.start(field))
                + " is missing, unknown or of the wrong type." + RESTORE;
    }

    public static String unreadable(String file) {
        return path(file) + " cannot be interpreted as a manifest." + RESTORE;
    }

    /** {@code problems} are fragments of {@link ShardReasons} about the manifest. */
    public static String inconsistent(String file, List<String> problems) {
        return path(file) + " is inconsistent: " + ShownText.first(problems) + "." + RESTORE;
    }
}
