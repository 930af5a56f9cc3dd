package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;

/**
 * What happens to a trained model. These settings do not change what a training computes.
 *
 * @param registry where models are kept
 * @param promote when a new one replaces the current one
 * @param prune how many are kept
 * @param retrain how the next training starts
 */
public record DeliverySettings(
        RegistrySettings registry, PromoteSettings promote, PruneSettings prune, RetrainSettings retrain)
        implements Serializable {

    /** Reads the four sections. */
    static DeliverySettings from(RecipeFile file) {
        return new DeliverySettings(
                RegistrySettings.from(file.section(RegistrySettings.SECTION)),
                PromoteSettings.from(file.section(PromoteSettings.SECTION)),
                PruneSettings.from(file.section(PruneSettings.SECTION)),
                RetrainSettings.from(file.section(RetrainSettings.SECTION)));
    }

    /** The section {@code prune}: how many old versions are kept. Each component is the key of the same name. */
    public record PruneSettings(int keep) implements Serializable {
        private static final Setting<Integer> KEEP = Setting.integer("keep")
                .within(Range.atLeast(1))
                .orElse(5)
                .identity(Identity.NEVER)
                .help("Number of newest versions, and of newest `retrain` runs, to keep in addition to the current"
                        + " version and the one before it.")
                .remedy("Set it to the number of newest versions to keep, e.g. 5.");

        static final DeclaredSection SECTION =
                new DeclaredSection("prune", "How many old versions a registry keeps.", List.of(KEEP));

        static PruneSettings from(RecipeSection section) {
            return new PruneSettings(section.value(KEEP));
        }
    }
}
