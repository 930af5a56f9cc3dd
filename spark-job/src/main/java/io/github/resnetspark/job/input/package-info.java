/**
 * From the row groups of shards to minibatches in memory: read ahead, decoded, varied and normalised by threads of their own
 * while the network computes. Pictures are {@code [N, 3, S, S]} (NCHW), labels {@code [N, classes]}, both float32.
 *
 * <p>Who reads what is {@code job.plan}'s to say. It knows shards and pictures, but neither networks nor Spark.
 *
 * <p>May use {@code file}, {@code image}, {@code image.augment}, {@code job.plan}, {@code message.job}, {@code shard},
 * {@code storage}.
 */
package io.github.resnetspark.job.input;
