package io.github.resnetspark.job.cli;

import io.github.resnetspark.recipe.RecipeException;
import java.util.List;

/** The option {@code --top} of predict and score. */
final class TopClasses {
    private TopClasses() {}

    /** Refuses to tell nothing. */
    static void requireSome(int top) {
        if (top < 1) {
            throw new RecipeException(
                    List.of("--top is " + top + " but must be at least 1. Leave it out for the five most probable."));
        }
    }
}
