/**
 * Reads a recipe: one HOCON file per run, overridden by {@code --set key=value}, into typed values.
 *
 * <p>Each key is declared once, as a {@link io.github.resnetspark.recipe.Setting} of a
 * {@link io.github.resnetspark.recipe.DeclaredSection}. A reader asks {@link io.github.resnetspark.recipe.RecipeFile} for its sections
 * and each {@link io.github.resnetspark.recipe.RecipeSection} for its settings. Nothing is thrown on the way: a value that does not hold
 * is replaced by its default and noted, so that {@link io.github.resnetspark.recipe.RecipeFile#finish()} reports everything at once, each
 * with file and line. {@link io.github.resnetspark.recipe.SettingsPage} writes the declarations as docs/settings.md.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.recipe;
