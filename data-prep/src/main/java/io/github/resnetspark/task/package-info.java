/**
 * How work on many shards runs on Spark: one task per shard, progress in the log, errors as they were thrown.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.task;
