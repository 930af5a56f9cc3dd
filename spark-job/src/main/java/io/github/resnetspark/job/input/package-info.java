/**
 * The data loader: turns row groups of shards into minibatches in memory. Separate threads read ahead, decode, augment
 * and normalise while the network computes. Pictures are {@code [N, 3, S, S]} (NCHW), labels {@code [N, classes]}, both
 * float32.
 *
 * <p>Which pictures a replica reads is determined by {@code job.plan}. This package knows shards and pictures, but
 * neither networks nor Spark.
 *
 * <p>May use {@code file}, {@code image}, {@code image.augment}, {@code job.plan}, {@code message.job}, {@code shard},
 * {@code storage}.
 */
package io.github.resnetspark.job.input;
