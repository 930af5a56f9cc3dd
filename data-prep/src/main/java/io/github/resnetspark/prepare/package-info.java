/**
 * The job that turns a source into shards: list, plan, one task per shard, and the manifest last.
 *
 * <p>A directory without a manifest is unfinished, and is continued; one with a manifest is finished. For a given source
 * and options every byte is determined.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code intake}, {@code recipe}, {@code shard}, {@code source},
 * {@code source.format}, {@code storage}, {@code task}.
 */
package io.github.resnetspark.prepare;
