package io.github.resnetspark.image;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.image.jpeg.JpegSegments;
import io.github.resnetspark.message.model.PictureNotices;
import java.util.Arrays;
import java.util.Locale;

/**
 * The header of an encoded picture, available without decoding.
 *
 * @param format the encoding
 * @param width in pixels, at least 1, as stored (EXIF rotation is not applied)
 * @param height in pixels, at least 1
 * @param samples the kind of its pixels
 */
public record ImageHeader(Format format, int width, int height, Samples samples) {
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BMP_SIZE_AT = 18;
    private static final int BMP_LONG_HEADER = 40;

    /** The supported encodings. */
    public enum Format {
        JPEG,
        PNG,
        BMP,
        WEBP
    }

    /** The kinds of pixels that decoders treat differently. */
    public enum Samples {
        /** Grey or three colours of up to 8 bits, or a palette of these. All decoders agree. */
        PLAIN,
        /** Four inks, also as YCCK. Decoders disagree about their colours. */
        CMYK,
        /** Has an alpha channel or a transparent colour. */
        TRANSPARENT,
        /** More than 8 bits per colour. */
        DEEP;

        /** The name in reports, such as {@code cmyk}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /**
     * Reads the header of a JPEG, PNG, BMP or WebP file. The file's name does not matter.
     *
     * @throws ImageException if it is in another format, which the message names if it is known, or ends before the size
     */
    public static ImageHeader of(byte[] encoded) {
        if (encoded.length == 0) {
            throw new ImageException(PictureNotices.empty());
        }
        if (startsWith(encoded, PNG_SIGNATURE)) {
            return new PngChunks(encoded).header();
        }
        if (encoded.length > 2 && encoded[0] == (byte) 0xff && encoded[1] == (byte) 0xd8) {
            return jpeg(new JpegSegments(encoded));
        }
        if (encoded.length > 2 && encoded[0] == 'B' && encoded[1] == 'M') {
            return bmp(encoded);
        }
        if (WebPHeader.begins(encoded)) {
            return new WebPHeader(encoded).read();
        }
        throw new ImageException(UnsupportedFormat.sentence(encoded));
    }

    private static ImageHeader jpeg(JpegSegments segments) {
        try {
            JpegSegments.Frame frame = segments.frame()
                    .orElseThrow(() -> new ImageException(PictureNotices.endsBeforeSize(Format.JPEG.name())));
            Samples colours = frame.components() == 4 ? Samples.CMYK : Samples.PLAIN;
            return sized(Format.JPEG, frame.width(), frame.height(), frame.bits() == 8 ? colours : Samples.DEEP);
        } catch (JpegDamageException e) {
            throw new ImageException(PictureNotices.damagedJpeg(e.getMessage()), e);
        }
    }

    private static ImageHeader bmp(byte[] encoded) {
        if (encoded.length < BMP_SIZE_AT + 8) {
            throw new ImageException(PictureNotices.endsBeforeSize(Format.BMP.name()));
        }
        if (littleEndian(encoded, BMP_SIZE_AT - 4) < BMP_LONG_HEADER) {
            throw new ImageException(PictureNotices.oldBmp());
        }
        // A negative height means that the rows are stored from top to bottom.
        int height = Math.abs(littleEndian(encoded, BMP_SIZE_AT + 4));
        return sized(Format.BMP, littleEndian(encoded, BMP_SIZE_AT), height, Samples.PLAIN);
    }

    static ImageHeader sized(Format format, int width, int height, Samples samples) {
        if (width < 1 || height < 1) {
            throw new ImageException(PictureNotices.impossibleSize(width, height, format.name()));
        }
        return new ImageHeader(format, width, height, samples);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
