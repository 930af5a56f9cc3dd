package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.RecipeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Option;

/** The options that name a recipe and override single keys. */
public final class RecipeOptions {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Recipe: a HOCON file on the local disk, e.g. conf/cifar10-resnet20.conf.")
    private Path conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Override one key of the recipe, e.g. --set train.epochs=10. A value that starts with [, { or \""
                            + " is HOCON, any other is literal text. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    /**
     * The recipe.
     *
     * @param needs keys that must be set in it
     */
    public Recipe load(Need... needs) {
        return loadWith(Map.of(), needs);
    }

    /** The same with keys that options of the command set: they win over the recipe and over {@code --set}. */
    public Recipe loadWith(Map<String, String> options, Need... needs) {
        return loadOnce(needs).apply(options);
    }

    /**
     * The same for several sets of keys. The file is read once, so a long run does not notice if it is edited.
     */
    public Function<Map<String, String>, Recipe> loadOnce(Need... needs) {
        RecipeFile file = conf == null ? RecipeFile.withoutFile(overrides) : RecipeFile.load(conf, overrides);
        return options -> {
            List<String> all = new ArrayList<>(overrides);
            options.forEach((key, value) -> all.add(key + "=" + value));
            return resolved(file, all, needs);
        };
    }

    private static Recipe resolved(RecipeFile file, List<String> keys, Need... needs) {
        Recipe recipe = Recipe.of(file.with(keys), needs);
        List<String> all = new ArrayList<>(keys);
        all.addAll(new SlotSize(new SparkConf()).overrides(recipe));
        return all.size() == keys.size() ? recipe : Recipe.of(file.with(all), needs);
    }

    /** Another recipe than that of {@code --conf}, with the same overrides. */
    public Recipe loadOther(Path recipe) {
        return resolved(RecipeFile.load(recipe, overrides), overrides);
    }

    /** The same, with a default for {@code --conf}. */
    public Recipe loadOr(Path recipe, Map<String, String> options, Need... needs) {
        conf = Optional.ofNullable(conf).orElse(recipe);
        return loadWith(options, needs);
    }
}
