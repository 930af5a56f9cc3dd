/**
 * What happens to each picture between its source and its shard: its format is detected from its bytes, it is checked,
 * and it is stored unchanged. If decoders would disagree on it, or if its size changes, it is stored as an RGB JPEG.
 * The rules are in {@code docs/shard-format.md}.
 *
 * <p>May use {@code image}, {@code message.data}, {@code shard}.
 */
package io.github.resnetspark.intake;
