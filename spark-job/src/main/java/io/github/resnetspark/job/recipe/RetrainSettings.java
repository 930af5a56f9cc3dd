package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;

/**
 * The section {@code retrain}.
 *
 * @param start the weights that a retraining begins with
 */
public record RetrainSettings(Start start) implements Serializable {
    /** The weights that a retraining begins with. */
    public enum Start {
        /** Those of the current version, where there is one; its head only where the classes are still the same ones. */
        CURRENT,
        /** Random ones. */
        SCRATCH
    }

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static RetrainSettings from(RecipeSection section) {
        return new RetrainSettings(section.choice(
                "start", Start.CURRENT, "Choose current to go on from the current version, scratch to start anew."));
    }
}
