package io.github.resnetspark.job.retrain;

import io.github.resnetspark.job.recipe.Recipe;
import java.util.Map;

/** A recipe, some keys of which may be given other values. */
@FunctionalInterface
public interface RecipeVariants {
    /**
     * The recipe with these values.
     *
     * @param values by key, such as {@code model.classes}; empty for the recipe as it is
     */
    Recipe with(Map<String, String> values);
}
