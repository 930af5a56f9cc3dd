/**
 * Runs work on many shards on Spark: one task per shard, progress in the log, and the original errors of tasks.
 *
 * <p>May use {@code failure}, {@code message.data}, {@code terminal}.
 */
package io.github.resnetspark.spark;
