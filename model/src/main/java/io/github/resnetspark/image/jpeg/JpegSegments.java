package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/** Reads the segments of a JPEG file: its size before decoding, and whether it is complete. */
public final class JpegSegments {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int LAST_BASELINE_FRAME = 0xc1;

    private final byte[] bytes;

    public JpegSegments(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The frame header of a JPEG, which precedes its data.
     *
     * @param width in pixels
     * @param height in pixels
     * @param bits per sample
     * @param components number of colours or inks; 1 for grey
     */
    public record Frame(int width, int height, int bits, int components) {}

    /**
     * Finds the frame header.
     *
     * @return empty if the file ends before it
     * @throws JpegDamageException if the data starts or the picture ends without one
     */
    public Optional<Frame> frame() {
        int at = 2;
        while (true) {
            at = nextMarker(at);
            if (at < 0 || at + 9 > bytes.length) {
                return Optional.empty();
            }
            int marker = bytes[at] & 0xff;
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw new JpegDamageException(JpegReasons.noSize());
            }
            if (isFrame(marker)) {
                return Optional.of(
                        new Frame(unsignedShort(at + 6), unsignedShort(at + 4), bytes[at + 3], bytes[at + 8]));
            }
            at = afterSegment(at);
        }
    }

    /**
     * Whether the end marker is present. libjpeg fills missing data with grey and only warns, so truncated files must be detected
     * here. In compressed data, 0xff is always followed by 0 or a restart number, so any other marker is outside of it.
     */
    public boolean isWhole() {
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

    /** If so, the compressed data, which is nearly all of the file, need not be searched. */
    private boolean endsWithEnd() {
        int last = bytes.length - 1;
        return bytes[last - 1] == (byte) 0xff && bytes[last] == (byte) END_OF_IMAGE;
    }

    /**
     * How to decode only the upper rows; empty if that is not possible. It is possible for files with one baseline scan without
     * restart markers: all that cameras and common tools write, except progressive ones.
     */
    public Optional<Cut> cut() {
        int frame = -1;
        int at = nextMarker(2);
        while (at >= 0 && at + 9 < bytes.length) {
            int marker = bytes[at] & 0xff;
            if (marker == START_OF_SCAN) {
                boolean oneScan = frame >= 0 && bytes[at + 3] == bytes[frame + 8];
                int end = lastEnd();
                return oneScan && end > at ? Optional.of(new Cut(frame + 4, end)) : Optional.empty();
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

    /** Whether there is an end marker anywhere. Faster and less exact than {@link #isWhole}. */
    public boolean hasEnd() {
        return lastEnd() > 0;
    }

    /** The index of the last end marker, or -1. Searches backwards, because the compressed data is long. */
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

    /**
     * Changes that make libjpeg decode only the upper rows of a JPEG: a smaller height, and zeros instead of the end marker, because
     * libjpeg warns about compressed data before a marker.
     *
     * @param heightAt index of the two bytes of the height
     * @param end index of the end marker; the decoder gets nothing from there on
     */
    public record Cut(int heightAt, int end) {
        /** Extra rows below the last wanted one, because smooth upsampling of the colours reads the next one. */
        public static final int MARGIN = 2;

        /** More than libjpeg reads ahead. */
        private static final int ZEROS = 64;

        /** The number of bytes that {@link #write} writes. */
        public int length() {
            return end + ZEROS;
        }

        /** Writes the picture with a reduced height. */
        public void write(byte[] encoded, int rows, BytePointer to) {
            to.put(encoded, 0, end);
            to.put(heightAt, (byte) (rows >> 8)).put(heightAt + 1L, (byte) rows);
            for (int i = end; i < length(); i++) {
                to.put(i, (byte) 0);
            }
        }
    }
}
