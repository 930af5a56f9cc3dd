package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;

/**
 * The section {@code averaging}: how often the workers meet.
 *
 * @param every minibatches that each worker fits between two averagings; 1 is large-batch SGD
 */
public record AveragingSettings(int every) implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static AveragingSettings from(RecipeSection section) {
        return new AveragingSettings(section.integer(
                "every",
                10,
                Range.atLeast(1),
                "Set it to the minibatches that a worker fits between two averagings, e.g. 10."));
    }
}
