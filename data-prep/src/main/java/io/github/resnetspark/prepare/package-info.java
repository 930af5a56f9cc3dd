/**
 * The job that converts a source to shards: list the pictures, plan the shards, run one task per shard, and write the
 * manifest last.
 *
 * <p>A directory without a manifest is unfinished, and the job resumes it. A directory with a manifest is finished. The
 * source and the options determine every byte.
 *
 * <p>May use {@code failure}, {@code file}, {@code image}, {@code intake}, {@code message.data}, {@code shard},
 * {@code source}, {@code source.format}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.prepare;
