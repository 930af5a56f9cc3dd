package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.storage.SafePlace;
import java.net.URI;
import java.util.Optional;

/** A key without a default that some commands cannot do without. */
public enum Need {
    /** Where the pictures to prepare are. */
    SOURCE("prepare", "source", "Add --set prepare.source=URI with the folder or archive of the pictures."),
    /** Where the shards are, or are to be written. */
    SHARDS(
            "data",
            "shards",
            "Add --set data.shards=URI with the folder of the shards, e.g. file:/data/cifar10-shards."),
    /** The same where they are to be written, if there is a source to prepare. */
    SHARDS_TO_WRITE(
            "data",
            "shards",
            "Add --set data.shards=URI with the folder of the shards, e.g. file:/data/cifar10-shards.") {
        @Override
        void check(RecipeFile file, Recipe recipe) {
            super.check(file, recipe);
            refuseObjectStores(
                    file,
                    recipe.prepare().flatMap(prepared -> recipe.shards()),
                    "Prepare to hdfs: or file:, and copy the shards to the store.");
        }
    },
    /** Where the trained model is to be written. */
    MODEL_DIRECTORY("model", "dir", "Add --set model.dir=URI with a folder that does not exist yet.") {
        @Override
        void check(RecipeFile file, Recipe recipe) {
            super.check(file, recipe);
            refuseObjectStores(
                    file,
                    recipe.modelDirectory(),
                    "Train to hdfs: or file:, then write the model to the store with resnet-spark export.");
        }
    },
    /** Where finished models are kept. */
    REGISTRY(
            "registry",
            "dir",
            "Add --set registry.dir=URI with the folder of all models, e.g. hdfs://namenode:8020/models.") {
        @Override
        void check(RecipeFile file, Recipe recipe) {
            super.check(file, recipe);
            refuseObjectStores(
                    file,
                    recipe.delivery().registry().directory(),
                    "Keep the registry on hdfs: or file:, and write its models to the store with resnet-spark export.");
        }
    },
    /** What the model is called there. */
    REGISTRY_NAME("registry", "name", "Add --set registry.name=NAME with the model's name, e.g. flowers."),
    /** Where the shards are that models are compared on; {@code data.shards} do too. */
    JUDGING_SHARDS(
            "promote",
            "shards",
            "Add --set promote.shards=URI with the folder of the shards whose validation pictures decide, or set"
                    + " data.shards.") {
        @Override
        void check(RecipeFile file, Recipe recipe) {
            if (!file.section("data").has("shards")) {
                super.check(file, recipe);
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

    void check(RecipeFile file, Recipe recipe) {
        file.section(section).require(key, remedy);
    }

    void refuseObjectStores(RecipeFile file, Optional<URI> place, String instead) {
        place.flatMap(uri -> SafePlace.refusal(key, uri, instead))
                .ifPresent(problem -> file.section(section).note(key, problem));
    }
}
