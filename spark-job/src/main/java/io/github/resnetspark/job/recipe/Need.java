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
    MODEL_DIRECTORY("model", "dir", "Add --set model.dir=URI with a folder that does not exist yet."),
    /** Where finished models are kept. */
    REGISTRY(
            "registry",
            "dir",
            "Add --set registry.dir=URI with the folder of all models, e.g. hdfs://namenode:8020/models."),
    /** What the model is called there. */
    REGISTRY_NAME("registry", "name", "Add --set registry.name=NAME with the model's name, e.g. flowers."),
    /** Where the shards are that models are compared on; {@code data.shards} do too. */
    JUDGING_SHARDS(
            "promote",
            "shards",
            "Add --set promote.shards=URI with the folder of the shards whose validation pictures decide, or set"
                    + " data.shards.") {
        @Override
        void check(RecipeFile file) {
            if (!file.section("data").has("shards")) {
                super.check(file);
            }
        }
    };

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
