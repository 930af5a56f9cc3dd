/**
 * Evaluation of a model on a split of shards: errors, confusion matrix and calibration. It uses one Spark task per
 * worker, on the replicas of {@code job.replica}.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code file}, {@code job.input}, {@code job.plan}, {@code job.recipe},
 * {@code job.registry}, {@code job.replica}, {@code message.job}, {@code network}, {@code recipe},
 * {@code shard}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.evaluate;
