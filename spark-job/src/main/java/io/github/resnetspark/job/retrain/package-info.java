/**
 * Retraining as a scheduler starts it: one run from new pictures to a promoted model, that may be killed at any point.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code file}, {@code job.checkpoint}, {@code job.preflight},
 * {@code job.promote}, {@code job.recipe}, {@code job.registry}, {@code job.report}, {@code job.run}, {@code message.job}, {@code prepare},
 * {@code recipe}, {@code shard}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.retrain;
