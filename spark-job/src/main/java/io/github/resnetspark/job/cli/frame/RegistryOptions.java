package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options that name a model in a registry. */
public final class RegistryOptions {
    @Option(names = "--registry", paramLabel = "URI", description = "Folder of all models. Default: registry.dir.")
    private String directory;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model in the registry. Default: registry.name.")
    private String name;

    /** The keys of a recipe that the options set. */
    public Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        if (directory != null) {
            keys.put("registry.dir", directory);
        }
        if (name != null) {
            keys.put("registry.name", name);
        }
        return keys;
    }

    /** The recipe with the values of the options. */
    public Recipe load(RecipeOptions recipes) {
        return recipes.loadWith(keys(), Need.REGISTRY, Need.REGISTRY_NAME);
    }

    /**
     * The registry of a recipe.
     *
     * @throws RecipeException if it does not exist
     */
    public static Registry existing(Recipe recipe, Configuration configuration) throws IOException {
        Registry registry = Registry.of(recipe.delivery().registry(), configuration);
        if (!registry.isThere()) {
            throw new RecipeException(
                    List.of(RegistryFailures.noModels(registry.home().toString())));
        }
        return registry;
    }
}
