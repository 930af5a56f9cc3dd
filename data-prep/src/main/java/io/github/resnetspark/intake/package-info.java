/**
 * What happens to each picture between its source and its shard: it is recognised by its bytes, checked, and stored as it
 * came or, where decoders would disagree on it or it is to shrink, as an RGB JPEG. The rules are in {@code
 * docs/shard-format.md}.
 *
 * <p>May use {@code image}, {@code shard}.
 */
package io.github.resnetspark.intake;
