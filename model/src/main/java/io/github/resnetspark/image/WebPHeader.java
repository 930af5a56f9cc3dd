package io.github.resnetspark.image;

import io.github.resnetspark.message.model.PictureNotices;
import java.nio.charset.StandardCharsets;

/** Reads the header of a lossy, lossless or extended WebP file. */
final class WebPHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int ANIMATED = 0x02;
    private static final int TRANSPARENT = 0x10;

    private final byte[] bytes;

    WebPHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean begins(byte[] bytes) {
        return bytes.length >= FIRST_CHUNK
                && text(bytes, 0).equals("RIFF")
                && text(bytes, 8).equals("WEBP");
    }

    /** @throws ImageException if the file is truncated, damaged or animated */
    ImageHeader read() {
        if (bytes.length < FIRST_CHUNK + 18 || Integer.toUnsignedLong(littleEndian(4, 4)) + 8 > bytes.length) {
            throw new ImageException(PictureNotices.webPTooShort());
        }
        int data = FIRST_CHUNK + 8;
        switch (text(bytes, FIRST_CHUNK)) {
            case "VP8 " -> {
                return sized(littleEndian(data + 6, 2) & 0x3fff, littleEndian(data + 8, 2) & 0x3fff, false);
            }
            case "VP8L" -> {
                int packed = littleEndian(data + 1, 4);
                return sized((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1, ((packed >> 28) & 1) != 0);
            }
            case "VP8X" -> {
                if ((bytes[data] & ANIMATED) != 0) {
                    throw new ImageException(PictureNotices.animatedWebP());
                }
                return sized(
                        littleEndian(data + 4, 3) + 1, littleEndian(data + 7, 3) + 1, (bytes[data] & TRANSPARENT) != 0);
            }
            default -> throw new ImageException(PictureNotices.webPWithoutPicture());
        }
    }

    private static ImageHeader sized(int width, int height, boolean transparent) {
        return ImageHeader.sized(
                ImageHeader.Format.WEBP,
                width,
                height,
                transparent ? ImageHeader.Samples.TRANSPARENT : ImageHeader.Samples.PLAIN);
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private int littleEndian(int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
