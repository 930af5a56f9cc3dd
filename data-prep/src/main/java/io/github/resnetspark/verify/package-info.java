/**
 * The job that re-reads shards and compares them with their manifest. It does not change anything.
 *
 * <p>May use {@code failure}, {@code image}, {@code message.data}, {@code shard}, {@code spark}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.verify;
