/**
 * The job that re-reads shards and holds them against their manifest; it changes nothing.
 *
 * <p>May use {@code image}, {@code recipe}, {@code shard}, {@code storage}, {@code task}.
 */
package io.github.resnetspark.verify;
