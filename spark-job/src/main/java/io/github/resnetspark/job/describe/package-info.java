/**
 * Describes a recipe before anything is trained: the network layer by layer, two networks side by side, the networks of the papers with
 * their published figures, and the learning rate over the epochs. Each as an object for scripts and as text for people.
 *
 * <p>May use {@code job.chart}, {@code job.preflight}, {@code job.recipe}, {@code job.schedule}, {@code message.job},
 * {@code network}, {@code recipe}, {@code text}.
 */
package io.github.resnetspark.job.describe;
