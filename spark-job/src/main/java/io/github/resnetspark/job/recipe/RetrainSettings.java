package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.List;

/** The section {@code retrain}: how a retraining starts. Each component is the key of the same name. */
public record RetrainSettings(Start start) implements Serializable {
    /** The initial weights of a retraining. */
    public enum Start {
        /** Those of the current version, if there is one. Those of its last layer only if the classes are still the same. */
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
