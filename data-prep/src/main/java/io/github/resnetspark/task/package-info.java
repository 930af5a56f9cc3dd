/** How work on many shards runs on Spark: one task per shard, progress in the log, errors as they were thrown. */
package io.github.resnetspark.task;
