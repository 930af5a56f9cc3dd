/**
 * Writes and checks local files: temporary names, atomic writes, SHA-256 and lists of checksums. For Hadoop's file systems,
 * {@code io.github.resnetspark.storage} does the same.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.file;
