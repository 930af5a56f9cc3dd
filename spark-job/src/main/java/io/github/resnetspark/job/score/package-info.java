/**
 * Distributed scoring: every picture of shards or of a folder is classified once, and a table of Parquet files says of each what it
 * shows or why it cannot be read.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code predict}, {@code recipe}, {@code shard}, {@code source}, {@code spark}, {@code storage}.
 */
package io.github.resnetspark.job.score;
