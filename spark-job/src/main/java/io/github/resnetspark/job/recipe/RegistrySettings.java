package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/**
 * The section {@code registry}: where finished models are kept.
 *
 * @param directory of all models; nothing where the recipe does not say
 * @param name of this recipe's model there: letters, digits, {@code _}, {@code -} and {@code .}; nothing where it does not say
 */
public record RegistrySettings(Optional<URI> directory, Optional<String> name) implements Serializable {
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    /** Reads the section. */
    public static RegistrySettings from(RecipeSection section) {
        Optional<URI> directory =
                section.uri("dir", "Set it to the folder of all models, e.g. hdfs://namenode:8020/models.");
        String remedy = "Set it to a plain name, e.g. flowers.";
        Optional<String> name = section.text("name", remedy);
        if (name.isPresent() && !name.get().matches(NAME)) {
            section.refuse(
                    "name",
                    "«" + name.get() + "»",
                    "letters, digits, _, - and . only, and begin with one of the first three",
                    remedy);
            name = Optional.empty();
        }
        return new RegistrySettings(directory, name);
    }
}
