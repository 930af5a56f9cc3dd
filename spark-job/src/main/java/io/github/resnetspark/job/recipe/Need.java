package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.RecipeFile;

/** A key without a default that some commands cannot do without. */
public enum Need {
    /** Where the pictures to prepare are. */
    SOURCE("prepare", "source", "Add --set prepare.source=URI with the folder or archive of the pictures."),
    /** Where the shards are, or are to be written. */
    SHARDS(
            "data",
            "shards",
            "Add --set data.shards=URI with the folder of the shards, e.g. file:/data/cifar10-shards."),
    /** Where the trained model is to be written. */
    MODEL_DIRECTORY("model", "dir", "Add --set model.dir=URI with a folder that does not exist yet.");

    private final String section;
    private final String key;
    private final String remedy;

    Need(String section, String key, String remedy) {
        this.section = section;
        this.key = key;
        this.remedy = remedy;
    }

    void check(RecipeFile file) {
        file.section(section).require(key, remedy);
    }
}
