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

/** Applies the rules for pictures to one split; from any thread. */
public final class PictureIntake {
    /** A picture of so many of 16 bits is less than a quarter as bright as it could be. */
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

    /** Whether the pixels of a stored picture are needed for more than checking it. */
    public enum Pixels {
        WANTED,
        NOT_WANTED
    }

    /**
     * Takes an encoded picture.
     *
     * @throws ImageException if it is damaged, too large or of no format that is read
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

    /** Takes a picture that comes without an encoding: it is stored as PNG, unless its size changes. */
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

    /** A shard shall look the same to every reader, so what decoders disagree on is decoded once and for all. */
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
        // Rounding a short side down can make a strip of what was none.
        codec.header(jpeg);
        Optional<RgbImage> decoded = pixels == Pixels.WANTED ? Optional.of(codec.decode(jpeg)) : Optional.empty();
        return new StoredPicture(jpeg, width, height, decoded, tone);
    }

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
}
