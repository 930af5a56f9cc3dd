/**
 * The one way to files on any file system that Hadoop reaches; {@code file:} and {@code hdfs:} are what is promised. {@link
 * io.github.resnetspark.storage.Storage} says what every operation holds. On it stand what is written whole or not at all ({@link
 * io.github.resnetspark.storage.AtomicFile}, {@link io.github.resnetspark.storage.AtomicDirectory}) and a lock.
 *
 * <p>The lock is for jobs on different machines: a file on the storage that they share. It is a lease. An owner that stands still
 * for half a minute on another machine counts as dead; whoever holds a lock therefore asks it once more before each step that
 * others can see. Nothing here knows of shards or of Spark.
 *
 * <p>May use {@code file}, {@code recipe}.
 */
package io.github.resnetspark.storage;
