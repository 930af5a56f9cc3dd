package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code registry}: where finished models are kept.
 *
 * @param directory the key {@code dir}
 * @param name the key of the same name
 */
public record RegistrySettings(Optional<URI> directory, Optional<String> name) implements Serializable {
    private static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    static final Setting<URI> DIRECTORY = Setting.place("dir")
            .identity(Identity.NAMES_THE_RUN)
            .help("Folder of all models.")
            .remedy("Set it to the folder of all models, e.g. hdfs://namenode:8020/models.");

    static final Setting<String> NAME = Setting.text("name")
            .must(
                    name -> name.matches(PLAIN_NAME),
                    "letters, digits, _, - and . only, and begin with a letter, a digit or _")
            .quotedAs(name -> "'" + name + "'")
            .identity(Identity.NAMES_THE_RUN)
            .help("Name of this recipe's model in the registry.")
            .remedy("Set it to a plain name, e.g. flowers.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "registry", "Where finished models are kept, version by version.", List.of(DIRECTORY, NAME));

    static RegistrySettings from(RecipeSection section) {
        return new RegistrySettings(section.find(DIRECTORY), section.find(NAME));
    }
}
