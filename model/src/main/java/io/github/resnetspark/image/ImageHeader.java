package io.github.resnetspark.image;

import java.util.Arrays;

/**
 * What an encoded picture says of itself before anything is decoded.
 *
 * @param format how it is encoded
 * @param width in pixels, at least 1, as stored (an EXIF rotation is not applied)
 * @param height in pixels, at least 1
 */
public record ImageHeader(Format format, int width, int height) {
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int PNG_SIZE_AT = 16;

    /** The encodings that are read. */
    public enum Format {
        JPEG,
        PNG
    }

    /** The number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /**
     * Reads the header of a JPEG or PNG file; the file's name does not matter.
     *
     * @throws ImageException if it is neither, or ends before its size is told
     */
    public static ImageHeader of(byte[] encoded) {
        if (encoded.length == 0) {
            throw new ImageException("The picture has no bytes.");
        }
        if (startsWith(encoded, PNG_SIGNATURE)) {
            return png(encoded);
        }
        if (encoded.length > 2 && encoded[0] == (byte) 0xff && encoded[1] == (byte) 0xd8) {
            return new JpegSegments(encoded).header();
        }
        throw new ImageException("The picture is neither a JPEG nor a PNG.");
    }

    private static ImageHeader png(byte[] encoded) {
        if (encoded.length < PNG_SIZE_AT + 8) {
            throw new ImageException("The picture is cut off: the PNG ends before it tells its size.");
        }
        return sized(Format.PNG, bigEndian(encoded, PNG_SIZE_AT), bigEndian(encoded, PNG_SIZE_AT + 4));
    }

    static ImageHeader sized(Format format, int width, int height) {
        if (width < 1 || height < 1) {
            throw new ImageException("The picture declares the size " + Integer.toUnsignedString(width) + " x "
                    + Integer.toUnsignedString(height) + ", which no " + format + " can have.");
        }
        return new ImageHeader(format, width, height);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int bigEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
