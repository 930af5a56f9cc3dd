package io.github.resnetspark.intake;

import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.message.data.PrepareSettingFailures;
import io.github.resnetspark.shard.Split;
import java.io.Serializable;
import java.util.Locale;

/**
 * How each picture is checked and stored.
 *
 * @param check how thoroughly it is checked
 * @param resize the stored size of pictures of the train split
 * @param validationResize the stored size of pictures of the validation split
 * @param jpegQuality the quality of re-encoded pictures, 1 to 100
 * @param sixteenBit how 16-bit samples are converted
 */
public record PictureSettings(
        PictureCheck check, ResizePolicy resize, ResizePolicy validationResize, int jpegQuality, SixteenBit sixteenBit)
        implements Serializable {
    public static final int DEFAULT_JPEG_QUALITY = 95;

    /** Decodes every picture and converts only what must be converted. */
    public static final PictureSettings DEFAULT =
            new PictureSettings(PictureCheck.DECODE, ResizePolicy.NONE, ResizePolicy.NONE, DEFAULT_JPEG_QUALITY);

    public PictureSettings {
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException(PrepareSettingFailures.jpegQuality(jpegQuality));
        }
    }

    /** Keeps the upper 8 of 16 bits. */
    public PictureSettings(PictureCheck check, ResizePolicy resize, ResizePolicy validationResize, int jpegQuality) {
        this(check, resize, validationResize, jpegQuality, SixteenBit.HIGH_BYTE);
    }

    ResizePolicy resize(Split split) {
        return split == Split.TRAIN ? resize : validationResize;
    }

    /** How thoroughly each picture is checked before it is stored. */
    public enum PictureCheck {
        /**
         * Checks the header and the end. Damage in between is found only in pictures that are decoded anyway, to
         * convert them or to compute channel statistics.
         */
        HEADER,
        /** Decodes the whole picture. */
        DECODE;

        /** Its name in a recipe, such as {@code header}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
