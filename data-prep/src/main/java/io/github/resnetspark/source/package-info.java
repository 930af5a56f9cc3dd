/**
 * Where labelled pictures come from: what a source is to the rest, whatever its format, and how pictures are found in folders.
 *
 * <p>The driver lists a source once; tasks then read the pictures they are given. Both go through Hadoop, so a source
 * may be any {@code file:} or {@code hdfs:} URI.
 *
 * <p>May use {@code bundle}, {@code image}, {@code intake}, {@code shard}, {@code storage}.
 */
package io.github.resnetspark.source;
