package io.github.resnetspark.intake;

import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.shard.Split;
import java.io.Serializable;
import java.util.Locale;

/**
 * What is done to each picture.
 *
 * @param check how hard it is looked at
 * @param resize the size that pictures of the train split are stored in
 * @param validationResize the size that pictures of the validation split are stored in
 * @param jpegQuality of pictures that are encoded again, 1 to 100
 * @param sixteenBit what becomes of samples of 16 bits
 */
public record PictureSettings(
        PictureCheck check, ResizePolicy resize, ResizePolicy validationResize, int jpegQuality, SixteenBit sixteenBit)
        implements Serializable {
    public static final int DEFAULT_JPEG_QUALITY = 95;

    /** Decode everything, change nothing that need not be changed. */
    public static final PictureSettings DEFAULT =
            new PictureSettings(PictureCheck.DECODE, ResizePolicy.NONE, ResizePolicy.NONE, DEFAULT_JPEG_QUALITY);

    public PictureSettings {
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException(
                    "prepare.jpeg-quality is " + jpegQuality + " but must be between 1 and 100. Set it to e.g. 95.");
        }
    }

    /** Of samples of 16 bits the upper 8 count. */
    public PictureSettings(PictureCheck check, ResizePolicy resize, ResizePolicy validationResize, int jpegQuality) {
        this(check, resize, validationResize, jpegQuality, SixteenBit.HIGH_BYTE);
    }

    ResizePolicy resize(Split split) {
        return split == Split.TRAIN ? resize : validationResize;
    }

    /** How hard each picture is looked at before it is stored. */
    public enum PictureCheck {
        /**
         * Its header is read and its end looked for; damage in between is found only in pictures that are decoded anyway, to
         * convert them or for the channels' figures.
         */
        HEADER,
        /** It is decoded from its first to its last pixel. */
        DECODE;

        /** The word for it in a recipe, such as {@code header}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
