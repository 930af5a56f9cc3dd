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
 * @param tone whether it became dark
 */
@SuppressWarnings("ArrayRecordComponent") // Encoded bytes stay an array: they are only passed on.
public record StoredPicture(byte[] bytes, int width, int height, Optional<RgbImage> decoded, Tone tone) {
    /** Whether a picture became dark on the way. */
    public enum Tone {
        AS_IT_CAME,
        /** Its samples had 16 bits, of which the upper two at least are never used, and only the upper 8 were taken. */
        DARKENED
    }
}
