/**
 * What is needed wherever files are written or checked: names for what is not whole yet, local files and directories that are
 * there whole or not at all, SHA-256, and lists of it. Local paths only; {@code io.github.resnetspark.storage} does the same on
 * the file systems that Hadoop reaches.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.file;
