/**
 * What a recipe says before anything is trained: the network layer by layer, two networks side by side, those of the papers
 * with their published figures, and the learning rate over the epochs. Each as an object for scripts and as a text for people.
 *
 * <p>May use {@code job.chart}, {@code job.preflight}, {@code job.recipe}, {@code job.schedule}, {@code network},
 * {@code recipe}.
 */
package io.github.resnetspark.job.describe;
