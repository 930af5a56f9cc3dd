/**
 * Sources of labelled pictures: the interface that all formats share, and the search for pictures in folders.
 *
 * <p>The driver lists a source once; Spark tasks then read the pictures. Both use Hadoop's file systems, so a source
 * may be any {@code file:} or {@code hdfs:} URI.
 *
 * <p>May use {@code failure}, {@code image}, {@code intake}, {@code message.data}, {@code shard}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.source;
