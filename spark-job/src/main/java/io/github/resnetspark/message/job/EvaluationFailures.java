package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;

/** Why a model cannot be evaluated on a data set. */
public final class EvaluationFailures {
    private EvaluationFailures() {}

    public static String outputsNaN(long pictures) {
        return "The model outputs NaN for some of the " + Amounts.counted(pictures, "picture", "pictures")
                + ": training diverged, or its weights are damaged. Train or import the model again.";
    }

    public static String classCountsDiffer(int ofModel, int ofShards) {
        return "The model has " + Amounts.counted(ofModel, "class", "classes") + " but the shards have " + ofShards
                + ". Use shards with the classes that the model was trained on.";
    }

    /** Takes the first class whose names differ, by number. */
    public static String classOrderDiffers(int number, String inModel, String inShards) {
        return "The model and the shards have the same classes in a different order: class " + number + " is '"
                + ShownText.start(inModel) + "' in the model and '" + ShownText.start(inShards)
                + "' in the shards. Prepare the shards again, with prepare.labels in the order of the model's"
                + " labels.txt.";
    }

    public static String emptySplit(String shards, String split) {
        return ShownText.line(shards) + " has no pictures in the split '" + split
                + "'. Set --split to one that has pictures.";
    }
}
