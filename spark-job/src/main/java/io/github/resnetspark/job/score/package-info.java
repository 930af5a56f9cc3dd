/**
 * Distributed scoring: classifies every picture of shards or of a folder once, and writes a table of Parquet files with the result or
 * the error of each picture.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code message.job}, {@code predict}, {@code recipe}, {@code shard}, {@code source}, {@code spark}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.job.score;
