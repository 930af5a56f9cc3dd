package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;

/**
 * The section {@code prune}: how much of the past is kept.
 *
 * @param keep newest versions, and newest runs of {@code retrain}, that are kept beside the current version and the one
 *     before it
 */
public record PruneSettings(int keep) implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static PruneSettings from(RecipeSection section) {
        return new PruneSettings(section.integer(
                "keep", 5, Range.atLeast(1), "Set it to the number of newest versions to keep, e.g. 5."));
    }
}
