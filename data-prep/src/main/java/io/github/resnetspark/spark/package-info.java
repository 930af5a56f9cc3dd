/**
 * How work on many shards runs on Spark: one task per shard, progress in the log, errors as they were thrown.
 *
 * <p>May use {@code failure}.
 */
package io.github.resnetspark.spark;
