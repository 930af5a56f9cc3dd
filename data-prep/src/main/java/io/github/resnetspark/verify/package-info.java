/**
 * The job that re-reads shards and holds them against their manifest; it changes nothing.
 *
 * <p>May use {@code failure}, {@code image}, {@code shard}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.verify;
