package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code promote}: when a new model replaces the current one. Each component is the key of the same name. Without
 * {@code shards}, models are compared on {@code data.shards}.
 */
public record PromoteSettings(double margin, double minTop1, Optional<URI> shards) implements Serializable {
    private static final Setting<Double> MARGIN = Setting.decimal("margin")
            .within(Range.between(-1, 1))
            .orElse(0.0)
            .identity(Identity.NEVER)
            .help(
                    "Gain in top-1 that a new model must bring, as a share of the pictures. At 0 one more correct picture is enough."
                            + " Below 0 the new model may be that much worse.")
            .remedy("Set it to the gain in top-1 that a new model must bring, e.g. 0.002.");

    private static final Setting<Double> MIN_TOP1 = Setting.decimal("min-top1")
            .within(Range.between(0, 1))
            .orElse(0.0)
            .identity(Identity.NEVER)
            .help("Top-1 that a new model must reach in any case, as a share of the pictures.")
            .remedy("Set it to the top-1 that every promoted model must reach, e.g. 0.7.");

    static final Setting<URI> SHARDS = Setting.place("shards")
            .defaultInWords("`data.shards`")
            .identity(Identity.NEVER)
            .help("Shards whose validation split both models are evaluated on.")
            .remedy("Set it to the shards to compare models on, or leave it out to use data.shards.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "promote", "When a new model replaces the current one.", List.of(MARGIN, MIN_TOP1, SHARDS));

    static PromoteSettings from(RecipeSection section) {
        return new PromoteSettings(section.value(MARGIN), section.value(MIN_TOP1), section.find(SHARDS));
    }
}
