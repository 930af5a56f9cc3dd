package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.RecipeFile;
import java.io.Serializable;

/**
 * What becomes of a model when it is trained. Nothing in it changes what a training computes.
 *
 * @param registry where models are kept
 * @param promote which are good enough
 * @param prune which are kept
 * @param retrain how the next one begins
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
}
