/**
 * The keys of our recipes. One class per section declares its keys with types, ranges, defaults and descriptions, and reads them once
 * on the driver. {@link io.github.resnetspark.job.recipe.Recipe#SECTIONS} lists all sections, and docs/settings.md is generated from it.
 * Defaults that also apply without a recipe are declared where they are used ({@code PrepareSettings}, {@code AccelSettings}), and the
 * declarations here refer to them.
 *
 * <p>May use {@code failure}, {@code image}, {@code image.augment}, {@code intake}, {@code job.input},
 * {@code job.schedule}, {@code kernels}, {@code kernels.provider}, {@code network}, {@code recipe}, {@code source},
 * {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.recipe;
