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
import picocli.CommandLine.Option;

/** The options that name a recipe and change single values of it. */
public final class RecipeOptions {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "The recipe: a HOCON file on the local disk, e.g. conf/cifar10-resnet20.conf.")
    private Path conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Give one key of the recipe another value, e.g. --set train.epochs=10. A value that"
                    + " begins with [, { or \" is HOCON, anything else is literal text. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    /**
     * The recipe.
     *
     * @param needs what must be set in it
     */
    public Recipe load(Need... needs) {
        return Recipe.load(Optional.ofNullable(conf), overrides, needs);
    }

    /** The same, where an option of the command stands for a key: it wins over the recipe and over {@code --set}. */
    public Recipe loadWith(Map<String, String> options, Need... needs) {
        List<String> all = new ArrayList<>(overrides);
        options.forEach((key, value) -> all.add(key + "=" + value));
        return Recipe.load(Optional.ofNullable(conf), all, needs);
    }

    /**
     * The same for several sets of keys, all of the file as it is now: a long run does not notice that it is edited.
     */
    public Function<Map<String, String>, Recipe> loadOnce(Need... needs) {
        RecipeFile file = conf == null ? RecipeFile.withoutFile(overrides) : RecipeFile.load(conf, overrides);
        return options -> {
            List<String> all = new ArrayList<>(overrides);
            options.forEach((key, value) -> all.add(key + "=" + value));
            return Recipe.of(file.with(all), needs);
        };
    }

    /** Another recipe than that of {@code --conf}, with the same changes. */
    public Recipe loadOther(Path recipe) {
        return Recipe.load(Optional.of(recipe), overrides);
    }

    /** The same, with a recipe for where the command line names none. */
    public Recipe loadOr(Path recipe, Map<String, String> options, Need... needs) {
        conf = Optional.ofNullable(conf).orElse(recipe);
        return loadWith(options, needs);
    }
}
