/**
 * Distributed scoring: every picture of shards or of a folder is classified once, and a table of Parquet files says of each what it
 * shows or why it cannot be read.
 *
 * <p>May use {@code bundle}, {@code image}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code predict}, {@code recipe}, {@code shard}, {@code source}, {@code storage}, {@code task}.
 */
package io.github.resnetspark.job.score;
