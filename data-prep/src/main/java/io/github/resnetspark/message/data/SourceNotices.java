package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;

import java.util.List;

/** What a run says about its source: what is read, what is skipped, and what is odd but not an error. */
public final class SourceNotices {
    private SourceNotices() {}

    public static String unpacking(String archive) {
        return "Unpacking " + path(archive) + ".";
    }

    public static String split(String folder, String split, int pictures, int classes) {
        return quoted(folder) + " is the " + split + " split: " + count(pictures, "picture", "pictures") + " in "
                + count(classes, "class", "classes") + ".";
    }

    public static String nestedPictures(String folder, List<String> classes) {
        return "In " + quoted(folder) + ", " + count(classes.size(), "class has", "classes have")
                + " pictures in subfolders, which belong to that class: " + Wording.some(classes) + ".";
    }

    public static String testFolderIgnored(String folder) {
        return "Ignoring the folder " + quoted(folder) + ": the validation pictures are in another folder.";
    }

    /** {@code skipped} comes from {@link SourceReasons}. */
    public static String skipped(String source, String skipped) {
        return path(source) + ": skipped " + skipped + ".";
    }

    public static String unlabelledTestIgnored(String folder) {
        return "Ignoring the pictures in " + quoted(folder) + ": no labels were found for them.";
    }

    public static String testUsedAsValidation(String test, String train) {
        return "There is no 'validation' folder, so the pictures in " + quoted(test)
                + " select the best epoch, and their accuracy is not that of unseen pictures. Move some of the pictures in "
                + quoted(train) + " to validation/<class>.";
    }

    public static String testRowsUsedAsValidation(String table) {
        return path(table)
                + " has no validation rows, so its test rows select the best epoch, and their accuracy is not"
                + " that of unseen pictures. Mark some of its train rows as validation.";
    }

    public static String copyingPictures(String table, long pictures, long bytes, String to) {
        return "Copying " + count(pictures, "picture", "pictures") + " (" + Wording.megabytes(bytes)
                + ") from the table " + path(table) + " to " + path(to) + " while the shards are written.";
    }

    public static String sameClassTwice(String folder, String className) {
        return "Two folders in " + quoted(folder) + " are named " + quoted(className)
                + " in different Unicode forms. They are treated as one class.";
    }

    /** The reason why a picture is skipped, for the manifest. */
    public static String pictureTooLarge(long bytes, long most) {
        return "The file has " + bytes + " bytes, which is more than the limit of " + most + ".";
    }

    /** The reason why a row of a table is skipped, for the manifest. So are the following ones. */
    public static String rowWithoutPicture() {
        return "The row has no picture.";
    }

    public static String rowWithoutLabel() {
        return "The row has no label.";
    }

    public static String rowWithoutSplit() {
        return "The row has no split.";
    }

    public static String missingFile() {
        return "The file does not exist.";
    }

    public static String notAPath() {
        return "The text is not the path of a file.";
    }

    public static String contradictoryRows() {
        return "The table names the file several times, with different labels or splits.";
    }
}
