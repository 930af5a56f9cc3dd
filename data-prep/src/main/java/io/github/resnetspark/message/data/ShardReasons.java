package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.ShownText;

/** What is wrong with a shard or a manifest, as parts of other messages. */
public final class ShardReasons {
    private ShardReasons() {}

    public static String missingColumn(String column) {
        return "column " + column + " is missing";
    }

    public static String columnType(String column, String type) {
        return "column " + column + " has the type " + quoted(type);
    }

    public static String emptyField() {
        return "a row has an empty field";
    }

    public static String impossibleLabel(long label) {
        return "a row has the label " + label + ", which is not a class number";
    }

    public static String seekBeyondEnd(long position, long length) {
        return "byte " + position + " was requested, but the file has " + length + " bytes";
    }

    public static String readBeyondEnd(int count, long position, long length) {
        return count + " bytes were requested at byte " + position + ", but the file has " + length + " bytes";
    }

    public static String footerLength(int bytes, int expected) {
        return "the rewritten footer has " + bytes + " bytes instead of " + expected;
    }

    public static String listedTwice(String shard) {
        return quoted(shard) + " is listed twice";
    }

    public static String notShardName(String name, String split) {
        return quoted(name) + " is not the name of a " + split + " shard";
    }

    public static String rowGroupSum(String shard, long rows) {
        return "the row groups of " + ShownText.start(shard) + " do not add up to " + rows + " rows";
    }

    public static String differentCounts(String split, long examples, long inShards, long inClasses) {
        return split + " has " + examples + " pictures in total, " + inShards + " in its shards and " + inClasses
                + " in its classes";
    }

    public static String classCount(String split, int counted, int classes) {
        return split + " has counts for " + counted + " classes instead of " + classes;
    }
}
