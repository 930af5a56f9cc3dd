package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.ShownText;

/** What is wrong with the columns and rows of a table, as parts of other messages. */
public final class TableReasons {
    private TableReasons() {}

    /** {@code key} is relative to {@code prepare}. */
    public static String noColumn(String key, String column) {
        return "there is no column " + quoted(column) + " (prepare." + key + ")";
    }

    /** {@code key} is relative to {@code prepare} and {@code type} is Spark's name of the type. */
    public static String otherType(String key, String column, String type, String wanted) {
        return "the column " + quoted(column) + " (prepare." + key + ") has the type " + ShownText.start(type)
                + " but must have " + wanted;
    }

    public static String pictureTypes() {
        return "encoded pictures (binary), their paths (string), or a struct with the fields 'bytes' and 'path'";
    }

    public static String labelTypes() {
        return "names (string) or whole numbers";
    }

    public static String splitTypes() {
        return "names (string)";
    }

    public static String noLabelledRow() {
        return "no row has a label";
    }

    public static String missingNumber(long number, long largest) {
        return "no row has the label " + number + ", although the largest is " + largest;
    }

    public static String unusedClass(String className) {
        return "no row has the class " + quoted(className);
    }

    public static String numberWithoutName(long number, int classes) {
        return "the label " + number + " has no name in prepare.labels, which lists "
                + count(classes, "class", "classes");
    }

    /** What the manifest calls a row without a path. */
    public static String unnamedRow(String label) {
        return label.isEmpty() ? "a row without a label" : "a row with the label " + quoted(label);
    }

    public static String repeatedRows(long count) {
        return count(count, "row that names a picture again", "rows that name a picture again");
    }

    public static String testRows(long count) {
        return count(count, "row of the test split", "rows of the test split");
    }
}
