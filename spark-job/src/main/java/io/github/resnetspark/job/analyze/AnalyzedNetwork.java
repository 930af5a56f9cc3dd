package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.recipe.Recipe;

/**
 * One of the networks that are compared.
 *
 * @param kind with skip connections or without
 * @param depth layers with weights
 * @param recipe that of the others but for the network and its model directory
 */
public record AnalyzedNetwork(NetworkKind kind, int depth, Recipe recipe) {
    /** Such as {@code plain-56}. */
    public String name() {
        return kind.name(depth);
    }
}
