package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/**
 * The section {@code promote}: what a model must be to take the place of the current one.
 *
 * @param margin by how much its top-1 must be better, as a share of the pictures, -1 to 1. At 0 any gain suffices; below 0 a
 *     model may be that much worse
 * @param minTop1 what its top-1 must reach in any case, as a share of the pictures, 0 to 1
 * @param shards whose validation split both are held against; where the recipe does not say, {@code data.shards}
 */
public record PromoteSettings(double margin, double minTop1, Optional<URI> shards) implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static PromoteSettings from(RecipeSection section) {
        return new PromoteSettings(
                section.decimal(
                        "margin",
                        0.0,
                        Range.between(-1, 1),
                        "Set it to the gain in top-1 that a new model must bring, e.g. 0.002."),
                section.decimal(
                        "min-top1",
                        0.0,
                        Range.between(0, 1),
                        "Set it to the top-1 below which no model is ever promoted, e.g. 0.7."),
                section.uri("shards", "Set it to the shards to compare models on, or leave it out for data.shards."));
    }
}
