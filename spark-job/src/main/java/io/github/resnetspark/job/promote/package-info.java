/**
 * Whether a model may take the place of the current one: two models on the same pictures, and the rule between them.
 *
 * <p>May use {@code bundle}, {@code job.evaluate}, {@code job.recipe}, {@code job.registry}, {@code network},
 * {@code recipe}, {@code shard}, {@code task}, {@code weights}.
 */
package io.github.resnetspark.job.promote;
