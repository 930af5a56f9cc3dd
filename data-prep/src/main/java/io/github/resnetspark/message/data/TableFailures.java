package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;
import static io.github.resnetspark.message.data.Wording.quotedPath;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a table of pictures cannot be used. */
public final class TableFailures {
    private TableFailures() {}

    /** {@code reason} is what Spark says. */
    public static String unreadable(String table, String reason) {
        return path(table) + " cannot be read as a table (" + ShownText.clause(reason)
                + "). Set prepare.source to a path, which has a slash, or to the name of a table that Spark's catalog has.";
    }

    public static String unknownFiles(String table, String setting) {
        return path(table) + " has no file whose name ends like that of a table. Set " + setting
                + " to the kind of its files, or correct prepare.source.";
    }

    /** {@code kinds} are the values of the setting. */
    public static String severalKinds(String table, List<String> kinds, String setting) {
        return path(table) + " has files of several kinds: " + String.join(", ", kinds) + ". Set " + setting
                + " to one of them.";
    }

    /** {@code problems} are fragments of {@link TableReasons} about columns. */
    public static String unusableColumns(String table, List<String> problems, List<String> columns) {
        return path(table) + ": " + ShownText.first(problems) + ". Its columns are " + quoted(columns)
                + ". Set prepare.picture-column, prepare.label-column and prepare.split-column to the right ones.";
    }

    /** {@code problems} are fragments of {@link TableReasons} about labels. */
    public static String unusableLabels(String table, List<String> problems) {
        return path(table) + ": " + ShownText.first(problems)
                + ". Correct the table, or list all classes in prepare.labels in the order of their numbers.";
    }

    public static String unknownSplits(String table, String column, List<String> values) {
        return path(table) + ": the column " + quoted(column) + " has values that name no split: " + quoted(values)
                + ". Write train, validation or test, or leave prepare.split-column out.";
    }

    public static String relativePaths(String table, String example) {
        return path(table) + " has relative paths, such as " + quotedPath(example)
                + ", but a table of a catalog has no folder. Set prepare.picture-folder to the folder that they start from.";
    }

    public static String noPictureExists(String table, long rows, String example, String folder) {
        return "None of the " + rows + " pictures that " + path(table) + " names exists, such as " + quotedPath(example)
                + (folder.isEmpty() ? "" : " in " + path(folder))
                + ". Set prepare.picture-folder to the folder that the paths start from, or prepare.picture-column to the"
                + " right column.";
    }

    public static String noRows(String table) {
        return path(table) + " has no rows. Correct prepare.source.";
    }

    public static String changed(String table) {
        return path(table) + " changed while it was read. Run prepare again when nothing writes to it.";
    }
}
