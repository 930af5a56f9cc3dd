/**
 * Reads a recipe: one HOCON file per run, overridden by {@code --set key=value}, into typed values.
 *
 * <p>A reader asks {@link io.github.resnetspark.recipe.RecipeFile} for its sections and each
 * {@link io.github.resnetspark.recipe.RecipeSection} for its keys. Nothing is thrown on the way: a value that does not
 * hold is replaced by its default and noted, so that {@link io.github.resnetspark.recipe.RecipeFile#finish()} reports
 * everything at once, each with file and line.
 */
package io.github.resnetspark.recipe;
