package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why pictures cannot be scored. */
public final class ScoreFailures {
    private static final String USE_PICTURES = " Use a directory of shards or a folder of pictures.";

    private ScoreFailures() {}

    public static String tableExists(String table) {
        return ShownText.line(table) + " already exists, and a table is never overwritten."
                + " Set --to to another directory, or delete this one.";
    }

    public static String notADirectory(String pictures) {
        return ShownText.line(pictures) + " is not a directory." + USE_PICTURES;
    }

    public static String folderHasNoSplits(String split, String folder) {
        return "--split is " + split + " but " + ShownText.line(folder)
                + " has no manifest.json, and only shards have splits. Leave --split out.";
    }

    public static String noPictures(String pictures) {
        return ShownText.line(pictures) + " has no pictures." + USE_PICTURES;
    }

    public static String noPicturesInSplit(String shards, String split) {
        return ShownText.line(shards) + " has no pictures in the split '" + split
                + "'. Set --split to the other split, or leave" + " it out.";
    }

    public static String shardNotClosed(String shard, String why) {
        return ShownText.line(shard) + " cannot be closed (" + ShownText.clause(why) + "). Check the file system.";
    }

    public static String noColumn(String column, List<String> columns) {
        return "The DataFrame has no column '" + ShownText.line(column) + "' but "
                + ShownText.line(String.join(", ", columns)) + ". Set inputCol to the column with the pictures.";
    }

    public static String columnWithoutPictures(String column, String type) {
        return "The column " + ShownText.line(column) + " has the type " + ShownText.line(type)
                + ", which has no pictures. Set inputCol to a column of binary values, of structs with a field bytes, or of"
                + " Spark's image source.";
    }

    public static String columnExists(String column, String parameter) {
        return "The DataFrame has a column " + ShownText.line(column) + " already. Set " + parameter
                + " to another name, or drop the column.";
    }

    public static String noModelInStage() {
        return "This ResNetModel has no model. Create it with ResNetModel.load.";
    }
}
