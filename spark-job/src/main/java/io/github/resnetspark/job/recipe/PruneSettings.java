package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;

/** The section {@code prune}: how much of the past is kept. Each component is the key of the same name. */
public record PruneSettings(int keep) implements Serializable {
    private static final Setting<Integer> KEEP = Setting.integer("keep")
            .within(Range.atLeast(1))
            .orElse(5)
            .identity(Identity.NEVER)
            .help(
                    "Newest versions, and newest runs of `retrain`, that are kept beside the current version and the one before it.")
            .remedy("Set it to the number of newest versions to keep, e.g. 5.");

    static final DeclaredSection SECTION =
            new DeclaredSection("prune", "How much of the past a registry keeps.", List.of(KEEP));

    static PruneSettings from(RecipeSection section) {
        return new PruneSettings(section.value(KEEP));
    }
}
