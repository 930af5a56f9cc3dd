package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.storage.SafePlace;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** A key without a default that some commands require. */
public class Need {
    /** Where the pictures to prepare are. */
    public static final Need SOURCE = new Need(
            PrepareSection.SECTION,
            PrepareSection.SOURCE,
            "Add --set prepare.source=URI with the folder or archive of the pictures.");

    /** Where the shards are, or where to write them. */
    public static final Need SHARDS = new Need(
            DataSettings.SECTION,
            DataSettings.SHARDS,
            "Add --set data.shards=URI with the folder of the shards, e.g. file:/data/cifar10-shards.");

    /** The same for commands that write them, if there is a source to prepare. */
    public static final Need SHARDS_TO_WRITE = SHARDS.whereWritten(
            recipe -> recipe.prepare().flatMap(prepared -> recipe.shards()),
            "Then copy the shards to the object store.");

    /** Where to write the trained model. */
    public static final Need MODEL_DIRECTORY = new Need(
                    ModelSection.SECTION,
                    ModelSection.DIRECTORY,
                    "Add --set model.dir=URI with a folder that does not exist yet.")
            .whereWritten(Recipe::modelDirectory, "Then write the model to the object store with resnet-spark export.");

    /** Where finished models are kept. */
    public static final Need REGISTRY = new Need(
                    RegistrySettings.SECTION,
                    RegistrySettings.DIRECTORY,
                    "Add --set registry.dir=URI with the folder of all models, e.g. hdfs://namenode:8020/models.")
            .whereWritten(
                    recipe -> recipe.delivery().registry().directory(),
                    "Then write its models to the object store with resnet-spark export.");

    /** The name of the model there. */
    public static final Need REGISTRY_NAME = new Need(
            RegistrySettings.SECTION,
            RegistrySettings.NAME,
            "Add --set registry.name=NAME with the model's name, e.g. flowers.");

    /** The shards to compare models on; {@code data.shards} is enough. */
    public static final Need JUDGING_SHARDS =
            new Need(
                    PromoteSettings.SECTION,
                    PromoteSettings.SHARDS,
                    "Add --set promote.shards=URI with the shards to compare models on, or set data.shards.") {
                @Override
                void check(RecipeFile file, Recipe recipe) {
                    if (!file.section(DataSettings.SECTION).has(DataSettings.SHARDS)) {
                        super.check(file, recipe);
                    }
                }
            };

    private final DeclaredSection section;
    private final Setting<?> setting;
    private final String remedy;

    private Need(DeclaredSection section, Setting<?> setting, String remedy) {
        this.section = section;
        this.setting = setting;
        this.remedy = remedy;
    }

    void check(RecipeFile file, Recipe recipe) {
        file.section(section).require(setting, remedy);
    }

    /** The same for a command that writes there. Object stores cannot be written to. */
    private Need whereWritten(Function<Recipe, Optional<URI>> place, String afterwards) {
        return new Need(section, setting, remedy) {
            @Override
            void check(RecipeFile file, Recipe recipe) {
                super.check(file, recipe);
                place.apply(recipe)
                        .flatMap(uri -> SafePlace.refusal(setting.key(), uri))
                        .ifPresent(problem -> file.section(section).note(setting.key(), problem + " " + afterwards));
            }
        };
    }
}
