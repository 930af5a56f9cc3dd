package io.github.resnetspark.image;

import java.nio.charset.StandardCharsets;

/** Walks the chunks of a PNG file: its size before decoding, and whether it is whole. */
final class PngChunks {
    private static final int FIRST_CHUNK = 8;
    private static final int HEADER_BYTES = 13;
    /** A chunk's length, name and checksum. */
    private static final int FRAME = 12;

    private final byte[] bytes;

    PngChunks(byte[] bytes) {
        this.bytes = bytes;
    }

    ImageHeader header() {
        if (bytes.length < FIRST_CHUNK + 8 + HEADER_BYTES) {
            throw new ImageException("The picture is cut off: the PNG ends before it tells its size.");
        }
        return ImageHeader.sized(ImageHeader.Format.PNG, integer(16), integer(20), samples());
    }

    /** Whether the last chunk is there; what stands in the chunks is not looked at. */
    boolean isWhole() {
        return find("IEND", "");
    }

    private ImageHeader.Samples samples() {
        int depth = bytes[24];
        boolean alphaChannel = (bytes[25] & 4) != 0;
        if (alphaChannel || find("tRNS", "IDAT")) {
            return ImageHeader.Samples.TRANSPARENT;
        }
        return depth > 8 ? ImageHeader.Samples.DEEP : ImageHeader.Samples.PLAIN;
    }

    /** Whether there is a whole chunk of that name ahead of the first one that is called {@code before}. */
    private boolean find(String wanted, String before) {
        long at = FIRST_CHUNK;
        while (at + FRAME <= bytes.length) {
            String name = new String(bytes, (int) at + 4, 4, StandardCharsets.ISO_8859_1);
            long next = at + FRAME + Integer.toUnsignedLong(integer((int) at));
            if (name.equals(before) || next > bytes.length) {
                return false;
            }
            if (name.equals(wanted)) {
                return true;
            }
            at = next;
        }
        return false;
    }

    private int integer(int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
