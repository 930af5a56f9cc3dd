package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;

/** The section {@code retrain}: how the next model begins. Each component is the key of the same name. */
public record RetrainSettings(Start start) implements Serializable {
    /** The weights that a retraining begins with. */
    public enum Start {
        /** Those of the current version, where there is one; its head only where the classes are still the same ones. */
        CURRENT,
        /** Random ones. */
        SCRATCH
    }

    private static final Setting<Start> START = Setting.choice("start", Start.class)
            .orElse(Start.CURRENT)
            .identity(Identity.NEVER)
            .help("Initial weights of a retraining: those of the current version, or random ones.")
            .remedy("Choose current to start from the current version, or scratch to start from random weights.");

    static final DeclaredSection SECTION =
            new DeclaredSection("retrain", "How `retrain` starts a training.", List.of(START));

    static RetrainSettings from(RecipeSection section) {
        return new RetrainSettings(section.value(START));
    }
}
