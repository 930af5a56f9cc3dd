package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code checkpoint}: how much work a crash may cost. Nothing in it changes what a run computes. Whatever it
 * says, every validation and every stop by a signal writes a checkpoint too.
 *
 * @param everyRounds averaging rounds after which the next checkpoint is due at the latest
 * @param every time after which the next checkpoint is due at the latest
 * @param keep newest checkpoints that are kept, beside the one of the best validation
 */
public record CheckpointSettings(int everyRounds, Duration every, int keep) implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static CheckpointSettings from(RecipeSection section) {
        return new CheckpointSettings(
                section.integer(
                        "every-rounds",
                        1000,
                        Range.atLeast(1),
                        "Set it to the averaging rounds that a crash may cost, e.g. 1000."),
                every(section),
                section.integer(
                        "keep", 3, Range.atLeast(1), "Set it to the newest checkpoints that are kept, e.g. 3."));
    }

    private static Duration every(RecipeSection section) {
        Duration usual = Duration.ofMinutes(10);
        String remedy = "Set it to the time that a crash may cost, e.g. 10 minutes.";
        Duration every = section.duration("every", usual, remedy);
        if (every.isNegative() || every.isZero()) {
            section.refuse("every", every.toMillis() + " ms", "more than 0", remedy);
            return usual;
        }
        return every;
    }
}
