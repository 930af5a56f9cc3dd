package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.recipe.AveragingSettings;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.PreflightFailures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether the recipe asks for rounds that are longer than an epoch. There are none, because a round ends with its epoch: such a run
 * would be averaged more often than its recipe says. Pure.
 */
public final class RoundLength {
    private RoundLength() {}

    /**
     * One error for each key with a value that is too large. Defaults are never too large.
     *
     * @param examples of the training split, at least 1
     */
    public static List<String> problems(Recipe recipe, long examples) {
        AveragingSettings averaging = recipe.averaging();
        int most = recipe.epochMinibatches(examples);
        List<String> problems = new ArrayList<>();
        averaging
                .every()
                .filter(values -> Collections.max(values) > most)
                .ifPresent(values -> problems.add(PreflightFailures.roundLongerThanEpoch(
                        "averaging.every",
                        values.size() == 1 ? values.get(0).toString() : values.toString(),
                        examples,
                        recipe.globalBatch(),
                        most)));
        averaging
                .warmupEvery()
                .filter(value -> value > most)
                .ifPresent(value -> problems.add(PreflightFailures.roundLongerThanEpoch(
                        "averaging.warmup-every", value.toString(), examples, recipe.globalBatch(), most)));
        return problems;
    }
}
