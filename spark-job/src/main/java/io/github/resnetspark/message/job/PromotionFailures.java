package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** Why a model cannot be compared with the current version. */
public final class PromotionFailures {
    private PromotionFailures() {}

    /**
     * No class of the model is a class of the shards.
     *
     * @param model at the beginning of a sentence
     * @param ofModel the name of the first class
     * @param ofShards the same
     */
    public static String noCommonClass(String model, String shards, String ofModel, String ofShards) {
        return model + " and " + ShownText.line(shards) + " have no class name in common: the first class is '"
                + ShownText.start(ofModel) + "' in the model and '" + ShownText.start(ofShards)
                + "' in the shards. So the model cannot be evaluated on them. Correct data.shards or promote.shards, or set"
                + " registry.name to another name for a model with other classes.";
    }

    public static String noValidationPictures(String shards) {
        return ShownText.line(shards)
                + " has no pictures in the split 'validation', so models cannot be compared on it."
                + " Prepare a source that has a validation split, or set promote.shards.";
    }
}
