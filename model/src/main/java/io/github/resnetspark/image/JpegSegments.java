package io.github.resnetspark.image;

import java.util.Optional;

/** Walks the segments of a JPEG file: its size before decoding, and whether it is whole. */
final class JpegSegments {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int LAST_BASELINE_FRAME = 0xc1;

    private final byte[] bytes;

    JpegSegments(byte[] bytes) {
        this.bytes = bytes;
    }

    ImageHeader header() {
        int at = 2;
        while (true) {
            at = nextMarker(at);
            if (at < 0 || at + 9 > bytes.length) {
                throw new ImageException("The picture is cut off: the JPEG ends before it tells its size.");
            }
            int marker = bytes[at] & 0xff;
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw new ImageException("The picture is damaged: the JPEG does not tell its size.");
            }
            if (isFrame(marker)) {
                return ImageHeader.sized(
                        ImageHeader.Format.JPEG, unsignedShort(at + 6), unsignedShort(at + 4), samples(at));
            }
            at = afterSegment(at);
        }
    }

    private ImageHeader.Samples samples(int frame) {
        if (bytes[frame + 3] != 8) {
            return ImageHeader.Samples.DEEP;
        }
        return bytes[frame + 8] == 4 ? ImageHeader.Samples.CMYK : ImageHeader.Samples.PLAIN;
    }

    /**
     * libjpeg fills what is missing with grey and only warns, so a truncated file must be noticed here. Within the
     * compressed data 0xff is always followed by 0 or a restart number: another marker cannot be part of it.
     */
    boolean isWhole() {
        int at = 2;
        while (true) {
            at = nextMarker(at);
            if (at < 0) {
                return false;
            }
            int marker = bytes[at] & 0xff;
            if (marker == END_OF_IMAGE || (marker == START_OF_SCAN && endsWithEnd())) {
                return true;
            }
            at = hasLength(marker) ? afterSegment(at) : at + 1;
        }
    }

    /** No need to go through the compressed data then, which is nearly all of the file. */
    private boolean endsWithEnd() {
        int last = bytes.length - 1;
        return bytes[last - 1] == (byte) 0xff && bytes[last] == (byte) END_OF_IMAGE;
    }

    /**
     * How to decode its upper rows only; nothing where that cannot be done. It can in files with one baseline scan, in which the
     * rows follow each other without restart markers: all that cameras and the common tools write, but for progressive ones.
     */
    Optional<JpegCut> cut() {
        int frame = -1;
        int at = nextMarker(2);
        while (at >= 0 && at + 9 < bytes.length) {
            int marker = bytes[at] & 0xff;
            if (marker == START_OF_SCAN) {
                boolean oneScan = frame >= 0 && bytes[at + 3] == bytes[frame + 8];
                int end = lastEnd();
                return oneScan && end > at ? Optional.of(new JpegCut(frame + 4, end)) : Optional.empty();
            }
            boolean restarts = marker == RESTART_INTERVAL && unsignedShort(at + 3) > 0;
            if (restarts || (isFrame(marker) && marker > LAST_BASELINE_FRAME)) {
                return Optional.empty();
            }
            frame = isFrame(marker) ? at : frame;
            at = hasLength(marker) ? nextMarker(afterSegment(at)) : -1;
        }
        return Optional.empty();
    }

    /** Whether there is a mark of the end anywhere: less than {@link #isWhole} knows, but at once. */
    boolean hasEnd() {
        return lastEnd() > 0;
    }

    /** Where the last mark of an end begins, or -1; looked for from behind, as the compressed data is long. */
    private int lastEnd() {
        for (int i = bytes.length - 2; i > 0; i--) {
            if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) END_OF_IMAGE) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the byte that names the next marker at or after {@code at}, or -1. */
    private int nextMarker(int at) {
        for (int i = at; i + 1 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xff && bytes[i + 1] != 0 && bytes[i + 1] != (byte) 0xff) {
                return i + 1;
            }
        }
        return -1;
    }

    private int afterSegment(int marker) {
        return marker + 2 < bytes.length ? marker + 1 + unsignedShort(marker + 1) : bytes.length;
    }

    private int unsignedShort(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static boolean hasLength(int marker) {
        return marker >= 0xc0 && !(marker >= 0xd0 && marker <= 0xd9);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
