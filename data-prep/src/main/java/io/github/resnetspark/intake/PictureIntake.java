package io.github.resnetspark.intake;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageCodec.DecodedPicture;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.image.TriangleResampler;
import io.github.resnetspark.intake.PictureIntake.StoredPicture.Tone;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.shard.Split;
import java.util.Optional;

/** Applies the rules for pictures to one split. Thread-safe. */
public final class PictureIntake {
    /** A 16-bit picture that uses only this many bits has less than a quarter of the possible brightness. */
    private static final int DARK_BITS = 14;

    private final PictureCheck check;
    private final ResizePolicy resize;
    private final int jpegQuality;
    private final SixteenBit sixteenBit;
    private final ImageCodec codec = new ImageCodec();
    private final TriangleResampler resampler = new TriangleResampler();

    public PictureIntake(PictureSettings settings, Split split) {
        this.check = settings.check();
        this.resize = settings.resize(split);
        this.jpegQuality = settings.jpegQuality();
        this.sixteenBit = settings.sixteenBit();
    }

    /** Whether the caller needs the pixels of the stored picture. */
    public enum Pixels {
        WANTED,
        NOT_WANTED
    }

    /**
     * Checks an encoded picture, and converts it if necessary.
     *
     * @throws ImageException if it is damaged, too large or in an unsupported format
     */
    public StoredPicture take(byte[] encoded, Pixels pixels) {
        ImageHeader header = codec.inspect(encoded);
        if (mustBeConverted(header) || resize.changes(header)) {
            DecodedPicture picture = codec.decode(encoded, sixteenBit);
            return converted(picture.image(), pixels, tone(picture));
        }
        boolean decode = check == PictureCheck.DECODE || pixels == Pixels.WANTED;
        Optional<RgbImage> decoded = decode ? Optional.of(codec.decode(encoded)) : Optional.empty();
        return new StoredPicture(encoded, header.width(), header.height(), decoded, Tone.AS_IT_CAME);
    }

    /** Encodes a picture that is not encoded yet. It is stored as PNG, or as JPEG if its size changes. */
    public StoredPicture take(RgbImage image, Pixels pixels) {
        int width = resize.width(image.width(), image.height());
        int height = resize.height(image.width(), image.height());
        return width == image.width() && height == image.height()
                ? new StoredPicture(codec.encodePng(image), width, height, Optional.of(image), Tone.AS_IT_CAME)
                : converted(image, pixels, Tone.AS_IT_CAME);
    }

    private Tone tone(DecodedPicture picture) {
        return sixteenBit == SixteenBit.HIGH_BYTE && picture.usedBits().orElse(Short.SIZE) <= DARK_BITS
                ? Tone.DARKENED
                : Tone.AS_IT_CAME;
    }

    /** Formats that decoders disagree on are converted once, so that a shard looks the same to every reader. */
    private static boolean mustBeConverted(ImageHeader header) {
        return switch (header.format()) {
            case BMP, WEBP -> true;
            case JPEG, PNG -> header.samples() != ImageHeader.Samples.PLAIN;
        };
    }

    private StoredPicture converted(RgbImage image, Pixels pixels, Tone tone) {
        int width = resize.width(image.width(), image.height());
        int height = resize.height(image.width(), image.height());
        byte[] jpeg = codec.encodeJpeg(resampler.resize(image, width, height), jpegQuality);
        // Rounding down the short side can exceed the limit of the aspect ratio.
        codec.header(jpeg);
        Optional<RgbImage> decoded = pixels == Pixels.WANTED ? Optional.of(codec.decode(jpeg)) : Optional.empty();
        return new StoredPicture(jpeg, width, height, decoded, tone);
    }

    /**
     * A picture as stored in a shard.
     *
     * @param bytes encoded
     * @param width in pixels
     * @param height in pixels
     * @param decoded the decoded pixels, if they were requested or needed for the check
     * @param tone whether it became darker
     */
    @SuppressWarnings("ArrayRecordComponent") // Encoded bytes stay an array: they are only passed on.
    public record StoredPicture(byte[] bytes, int width, int height, Optional<RgbImage> decoded, Tone tone) {
        /** Whether the conversion darkened a picture. */
        public enum Tone {
            AS_IT_CAME,
            /**
             * It had 16-bit samples whose upper two or more bits are never used, and only the upper 8 bits were kept.
             */
            DARKENED
        }
    }
}
