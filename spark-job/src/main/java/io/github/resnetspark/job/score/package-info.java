/**
 * Distributed scoring: every picture of shards or of a folder is classified once, and a table of Parquet files says of each what it
 * shows or why it cannot be read.
 */
package io.github.resnetspark.job.score;
