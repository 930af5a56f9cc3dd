package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;

/**
 * The section {@code cluster}: what the job asks Spark for.
 *
 * @param workers replicas of the network that train side by side, one per task slot
 */
public record ClusterSettings(int workers) implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static ClusterSettings from(RecipeSection section) {
        return new ClusterSettings(section.integer(
                "workers", 2, Range.atLeast(1), "Set it to the number of replicas that train side by side, e.g. 2."));
    }
}
