/**
 * Reads a recipe (one HOCON file per run, overridden by {@code --set key=value}) into typed values.
 *
 * <p>Each key is declared once, as a {@link io.github.resnetspark.recipe.Setting} of a
 * {@link io.github.resnetspark.recipe.DeclaredSection}. A reader gets sections from
 * {@link io.github.resnetspark.recipe.RecipeFile} and settings from each
 * {@link io.github.resnetspark.recipe.RecipeSection}. Reading does not throw: a value that is not acceptable becomes a
 * problem and is replaced by the default. {@link io.github.resnetspark.recipe.RecipeFile#finish()} then reports all
 * problems at once, each with file and line, as a {@link io.github.resnetspark.failure.Problem} of its key.
 * {@link io.github.resnetspark.recipe.SettingsPage} writes the declarations as docs/settings.md.
 *
 * <p>May use {@code failure}, {@code message.model}, {@code text}.
 */
package io.github.resnetspark.recipe;
