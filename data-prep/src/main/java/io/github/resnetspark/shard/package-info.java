/**
 * The shard format: a directory of Parquet files with encoded pictures and labels, and its manifest. The byte-level
 * specification is {@code docs/shard-format.md}.
 *
 * <p>One row is one picture: {@code image {bytes, path}}, {@code label} (0 to classes - 1), {@code width},
 * {@code height}. Row groups are the unit of reading. Nothing in this package depends on Spark. Files are accessed
 * through Hadoop, and only {@code file:} and {@code hdfs:} have guarantees.
 *
 * <p>May use {@code failure}, {@code file}, {@code image}, {@code message.data}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.shard;
