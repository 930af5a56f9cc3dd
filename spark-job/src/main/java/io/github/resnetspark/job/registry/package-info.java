/**
 * Model directories on any Hadoop file system. A model is there whole or not at all, and is never overwritten. A registry
 * keeps the versions of one model, and says which is current.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code file}, {@code image}, {@code job.recipe}, {@code message.job},
 * {@code message.model}, {@code network}, {@code onnx}, {@code recipe}, {@code storage}, {@code text}, {@code weights}.
 */
package io.github.resnetspark.job.registry;
