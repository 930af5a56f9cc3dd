/**
 * The job that turns a source into shards: list, plan, one task per shard, and the manifest last.
 *
 * <p>A directory without a manifest is unfinished, and is continued; one with a manifest is finished. For a given source
 * and options every byte is determined.
 */
package io.github.resnetspark.prepare;
