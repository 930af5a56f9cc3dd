package io.github.resnetspark.intake;

import io.github.resnetspark.image.RgbImage;
import java.util.Optional;

/**
 * A picture as it goes into a shard.
 *
 * @param bytes encoded
 * @param width in pixels
 * @param height in pixels
 * @param decoded what the bytes decode to, if that was asked for or had to be found out
 */
@SuppressWarnings("ArrayRecordComponent") // Encoded bytes stay an array: they are only passed on.
public record StoredPicture(byte[] bytes, int width, int height, Optional<RgbImage> decoded) {}
