/**
 * Decides whether a model replaces the current one: evaluates both on the same pictures, and applies a rule.
 *
 * <p>May use {@code bundle}, {@code file}, {@code job.evaluate}, {@code job.recipe}, {@code job.registry},
 * {@code message.job}, {@code network}, {@code recipe}, {@code shard}, {@code spark}, {@code text}, {@code weights}.
 */
package io.github.resnetspark.job.promote;
