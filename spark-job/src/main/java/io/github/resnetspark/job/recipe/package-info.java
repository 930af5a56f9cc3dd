/**
 * What a recipe says: one class per section, which declares the section's keys with their types, ranges, defaults and help lines, and
 * reads them once on the driver. {@link io.github.resnetspark.job.recipe.Recipe#SECTIONS} lists all; docs/settings.md is made of it.
 * Defaults that hold without a recipe too stand where they are used ({@code PrepareSettings}, {@code AccelSettings}), and the
 * declarations refer to them.
 *
 * <p>May use {@code bundle}, {@code image}, {@code image.augment}, {@code intake}, {@code job.input},
 * {@code job.schedule}, {@code kernels}, {@code kernels.provider}, {@code network}, {@code recipe}, {@code source},
 * {@code storage}.
 */
package io.github.resnetspark.job.recipe;
