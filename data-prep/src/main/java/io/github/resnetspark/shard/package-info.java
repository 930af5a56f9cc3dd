/**
 * The shard format: a directory of Parquet files with encoded pictures and labels, and its manifest. The byte-level
 * specification is {@code docs/shard-format.md}.
 *
 * <p>One row is one picture: {@code image {bytes, path}}, {@code label} (0 to classes - 1), {@code width}, {@code
 * height}. Row groups are the unit of reading. Nothing here knows of Spark; files are reached through Hadoop, and {@code
 * file:} and {@code hdfs:} are what is promised.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code recipe}, {@code storage}.
 */
package io.github.resnetspark.shard;
