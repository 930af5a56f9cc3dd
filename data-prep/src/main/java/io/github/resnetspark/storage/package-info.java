/**
 * Access to files on any file system that Hadoop supports. Only {@code file:} and {@code hdfs:} have guarantees, which
 * {@link io.github.resnetspark.storage.Storage} documents per operation. Built on it are atomically written files and
 * directories ({@link io.github.resnetspark.storage.AtomicFile}, {@link io.github.resnetspark.storage.AtomicDirectory})
 * and a lock.
 *
 * <p>The lock is a file on storage that jobs on different machines share. It is a lease: an owner on another machine
 * that does not renew it for half a minute counts as dead. The holder of a lock therefore checks it again before each
 * step that others can see. Nothing in this package depends on shards or Spark.
 *
 * <p>May use {@code failure}, {@code file}, {@code message.data}, {@code recipe}.
 */
package io.github.resnetspark.storage;
