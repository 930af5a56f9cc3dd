package io.github.resnetspark.image;

import io.github.resnetspark.message.model.PictureNotices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Reads the chunks of a PNG file: its size before decoding, and whether it is complete. */
final class PngChunks {
    private static final int FIRST_CHUNK = 8;
    private static final int HEADER_BYTES = 13;
    /** Bytes of a chunk's length, name and checksum. */
    private static final int FRAME = 12;

    private final byte[] bytes;

    PngChunks(byte[] bytes) {
        this.bytes = bytes;
    }

    ImageHeader header() {
        if (bytes.length < FIRST_CHUNK + 8 + HEADER_BYTES) {
            throw new ImageException(PictureNotices.endsBeforeSize(ImageHeader.Format.PNG.name()));
        }
        return ImageHeader.sized(ImageHeader.Format.PNG, integer(16), integer(20), samples());
    }

    /** Whether samples have 16 bits. */
    boolean isDeep() {
        return bytes[24] > 8;
    }

    /** Whether the end chunk is present. The contents of the chunks are not checked. */
    boolean isWhole() {
        return find("IEND", "");
    }

    /**
     * The picture without the chunks that do not affect its pixels, such as colour profiles. libpng reports broken ones on the
     * process's standard error, without the picture's name.
     *
     * @throws ImageException if the end chunk is missing, or one of the remaining chunks does not match its checksum
     */
    byte[] checkedPixelChunks() {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length);
        copy.write(bytes, 0, FIRST_CHUNK);
        String name = "";
        for (int at = FIRST_CHUNK; !name.equals("IEND"); ) {
            long length = at + FRAME <= bytes.length ? Integer.toUnsignedLong(integer(at)) : bytes.length;
            if (at + FRAME + length > bytes.length) {
                throw new ImageException(PictureNotices.pngWithoutEnd());
            }
            name = name(at);
            int end = at + FRAME + (int) length;
            if (isCritical(at) || name.equals("tRNS")) {
                CRC32 sum = new CRC32();
                sum.update(bytes, at + 4, end - at - 8);
                if ((int) sum.getValue() != integer(end - 4)) {
                    throw new ImageException(PictureNotices.pngChecksum(name));
                }
                copy.write(bytes, at, end - at);
            }
            at = end;
        }
        return copy.size() == bytes.length ? bytes : copy.toByteArray();
    }

    /** A name with a capital first letter marks a chunk that decoders must read. */
    private boolean isCritical(int at) {
        return (bytes[at + 4] & 0x20) == 0;
    }

    private String name(int at) {
        return new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private ImageHeader.Samples samples() {
        int depth = bytes[24];
        boolean alphaChannel = (bytes[25] & 4) != 0;
        if (alphaChannel || find("tRNS", "IDAT")) {
            return ImageHeader.Samples.TRANSPARENT;
        }
        return depth > 8 ? ImageHeader.Samples.DEEP : ImageHeader.Samples.PLAIN;
    }

    /** Whether there is a complete chunk of that name before the first one named {@code before}. */
    private boolean find(String wanted, String before) {
        long at = FIRST_CHUNK;
        while (at + FRAME <= bytes.length) {
            String name = name((int) at);
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
