/**
 * Tables that Spark SQL reads as a source, with a row for each picture. Everything that knows Spark's tables is here: where
 * they are, which columns count, what their rows say, and how encoded pictures become files that tasks can read.
 *
 * <p>May use {@code file}, {@code message.data}, {@code shard}, {@code source}, {@code spark}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.source.table;
