package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.recipe.RecipeSection;
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

    /** Where to write the trained model; also where the run's own files are, if the recipe says so. */
    public static final Need MODEL_DIRECTORY =
            new Need(
                    ModelSection.SECTION,
                    ModelSection.DIRECTORY,
                    "Add --set model.dir=URI with a folder that does not exist yet.") {
                @Override
                void check(RecipeFile file, Recipe recipe) {
                    super.check(file, recipe);
                    boolean ownPlace = file.section(CheckpointSettings.SECTION).has(CheckpointSettings.DIRECTORY);
                    if (ownPlace) {
                        refuseObjectStore(
                                file,
                                CheckpointSettings.SECTION,
                                CheckpointSettings.DIRECTORY,
                                recipe.runDirectory(),
                                "");
                    } else {
                        refuseObjectStore(
                                file,
                                ModelSection.SECTION,
                                ModelSection.DIRECTORY,
                                recipe.modelDirectory(),
                                " Or set checkpoint.dir to such a location. Then only the model is written to the object store.");
                    }
                }
            };

    /** For commands that train several models: their runs cannot all have the same directory. */
    public static final Need RUNS_BESIDE_MODELS =
            new Need(CheckpointSettings.SECTION, CheckpointSettings.DIRECTORY, "") {
                @Override
                void check(RecipeFile file, Recipe recipe) {
                    RecipeSection section = file.section(CheckpointSettings.SECTION);
                    if (section.has(CheckpointSettings.DIRECTORY)) {
                        section.note(
                                CheckpointSettings.DIRECTORY.key(),
                                "checkpoint.dir is set but this command trains several models, and keeps the files of each run"
                                        + " next to its model. Leave checkpoint.dir out.");
                    }
                }
            };

    /** Where finished models are kept. */
    public static final Need REGISTRY = new Need(
                    RegistrySettings.SECTION,
                    RegistrySettings.DIRECTORY,
                    "Add --set registry.dir=URI with the folder of all models, e.g. hdfs://namenode:8020/models.")
            .whereRenamed(
                    recipe -> recipe.delivery().registry().directory(),
                    " Then write its models to the object store with resnet-spark export.");

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

    /** The same for what needs locks and atomic renames. */
    private Need whereRenamed(Function<Recipe, Optional<URI>> place, String afterwards) {
        return new Need(section, setting, remedy) {
            @Override
            void check(RecipeFile file, Recipe recipe) {
                super.check(file, recipe);
                refuseObjectStore(file, section, setting, place.apply(recipe), afterwards);
            }
        };
    }

    private static void refuseObjectStore(
            RecipeFile file, DeclaredSection section, Setting<?> setting, Optional<URI> place, String afterwards) {
        place.flatMap(uri -> SafePlace.refusal(setting.key(), uri))
                .ifPresent(problem -> file.section(section).note(setting.key(), problem + afterwards));
    }
}
