package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.message.model.JpegReasons;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds damage in a JPEG by reading all codes of its compressed data, without computing a pixel. libjpeg guesses the pixels of
 * damaged data and only warns, on the process's standard error and without the picture's name.
 *
 * <p>Damage is what no encoder writes: a code that is in no table, a coefficient beyond its block, a restart marker out of order, a
 * block brighter than white or darker than black, and data that ends before the last block or continues with further blocks after
 * it. Stray bytes after the last block or between segments are not damage. {@link #withoutStrayBytes} removes them.
 *
 * <p>Not checked are pictures with arithmetic coding, lossless pictures, pictures of 12 bits and pictures that omit the standard
 * Huffman tables. An object reads one picture, once.
 */
public final class JpegScans {
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int PROGRESSIVE_FRAME = 0xc2;
    private static final int LAST_FRAME = 0xcf;
    private static final int FIRST_RESTART = 0xd0;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int QUANTIZATION_TABLES = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    /** Encoders write about ten. Each takes time for all blocks of the picture, even if it has few bytes. */
    private static final int MOST_SCANS = 1000;
    /** Scans refer to at most this number. Each takes memory for all blocks of the picture. */
    private static final int MOST_COLOURS = 4;

    private final byte[] bytes;
    private final JpegBits bits;
    private final JpegCodes[] dcTables = new JpegCodes[4];
    private final JpegCodes[] acTables = new JpegCodes[4];
    /** The quantization steps of means; 0 if a table is missing. */
    private final int[] meanSteps = new int[4];

    private final Map<Integer, JpegColour> colours = new HashMap<>();
    private final List<int[]> strays = new ArrayList<>();
    private boolean progressive;
    private int height;
    private int tallest = 1;
    private int columnsTogether;
    private int rowsTogether;
    private int restartInterval;
    private int scans;
    private boolean finished;

    public JpegScans(byte[] bytes) {
        this.bytes = bytes;
        this.bits = new JpegBits(bytes);
    }

    /** The damage, one of {@link JpegReasons}; empty if there is none or the picture is of a kind that is not checked. */
    public Optional<String> damage() {
        try {
            int at = 2;
            while (!finished) {
                int marker = marker(at);
                if (marker > at) {
                    strays.add(new int[] {at, marker});
                }
                at = readSegment(bytes[marker + 1] & 0xff, marker + 2);
            }
            return Optional.empty();
        } catch (JpegDamageException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The picture itself, or a copy without the stray bytes that {@link #damage} found. */
    public byte[] withoutStrayBytes() {
        if (strays.isEmpty()) {
            return bytes;
        }
        ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length);
        int from = 0;
        for (int[] stray : strays) {
            copy.write(bytes, from, stray[0] - from);
            from = stray[1];
        }
        copy.write(bytes, from, bytes.length - from);
        return copy.toByteArray();
    }

    /** Reads a segment and returns the index after it. */
    private int readSegment(int code, int from) {
        if (code == END_OF_IMAGE) {
            finished = true;
            if (!colours.values().stream().allMatch(JpegColour::isComplete)) {
                throw new JpegDamageException(JpegReasons.missingScan());
            }
        }
        if (code < 0xc0 || (code >= FIRST_RESTART && code <= END_OF_IMAGE)) {
            return from;
        }
        int end = from + (from + 1 < bytes.length ? unsignedShort(from) : 2);
        if (end < from + 2 || end > bytes.length) {
            throw new JpegDamageException(JpegReasons.truncatedSegment());
        }
        if (code == START_OF_SCAN) {
            return readScan(from + 2, end);
        }
        if (code == HUFFMAN_TABLES) {
            readTables(from + 2, end);
        } else if (code == QUANTIZATION_TABLES) {
            readSteps(from + 2, end);
        } else if (code == RESTART_INTERVAL && end - from >= 4) {
            restartInterval = unsignedShort(from + 2);
        } else if (code <= PROGRESSIVE_FRAME) {
            readFrame(code, from + 2, end);
        } else if (code <= LAST_FRAME) {
            finished = true;
        }
        return end;
    }

    private void readFrame(int code, int from, int end) {
        int count = end - from < 6 ? 0 : bytes[from + 5] & 0xff;
        if (!colours.isEmpty() || count == 0 || count > MOST_COLOURS || from + 6 + 3 * count != end) {
            throw new JpegDamageException(JpegReasons.inconsistentHeader());
        }
        progressive = code == PROGRESSIVE_FRAME;
        finished = bytes[from] != 8;
        height = unsignedShort(from + 1);
        int width = unsignedShort(from + 3);
        int widest = 1;
        for (int at = from + 6; at < end; at += 3) {
            JpegColour colour = new JpegColour((bytes[at + 1] & 0xff) >> 4, bytes[at + 1] & 15, bytes[at + 2] & 3);
            if (colour.across() < 1 || colour.across() > 4 || colour.down() < 1 || colour.down() > 4) {
                throw new JpegDamageException(JpegReasons.inconsistentHeader());
            }
            // Some devices give all colours the same number. libjpeg corrects this, so such pictures are not checked.
            finished |= colours.put(bytes[at] & 0xff, colour) != null;
            widest = Math.max(widest, colour.across());
            tallest = Math.max(tallest, colour.down());
        }
        for (JpegColour colour : colours.values()) {
            colour.size(
                    ceilDivide(ceilDivide(width * colour.across(), widest), 8),
                    ceilDivide(ceilDivide(height * colour.down(), tallest), 8));
        }
        columnsTogether = ceilDivide(width, 8 * widest);
        rowsTogether = ceilDivide(height, 8 * tallest);
    }

    private void readTables(int from, int end) {
        for (int at = from; at < end; ) {
            int kind = bytes[at] & 0xff;
            if (kind >> 4 > 1 || (kind & 15) > 3) {
                throw new JpegDamageException(JpegReasons.invalidHuffmanTable());
            }
            JpegCodes codes = JpegCodes.read(bytes, at + 1, end);
            (kind >> 4 == 0 ? dcTables : acTables)[kind & 15] = codes;
            at += 1 + codes.bytes();
        }
    }

    private void readSteps(int from, int end) {
        int at = from;
        while (at + 2 < end) {
            int valueBytes = 1 + ((bytes[at] & 0xff) >> 4 & 1);
            meanSteps[bytes[at] & 3] = valueBytes == 1 ? bytes[at + 1] & 0xff : unsignedShort(at + 1);
            at += 1 + 64 * valueBytes;
        }
    }

    private int readScan(int from, int end) {
        int count = from < end ? bytes[from] & 0xff : 0;
        if (count < 1 || count > 4 || from + 1 + 2 * count + 3 != end) {
            throw new JpegDamageException(JpegReasons.inconsistentScan());
        }
        if (++scans > MOST_SCANS) {
            throw new JpegDamageException(JpegReasons.tooManyScans(MOST_SCANS));
        }
        int first = bytes[end - 3] & 0xff;
        int last = bytes[end - 2] & 0xff;
        JpegBlocks blocks = blocks(count, first, last, (bytes[end - 1] & 0xff) >> 4);
        int bitsToCome = progressive ? bytes[end - 1] & 15 : 0;
        List<JpegColour> scanned = new ArrayList<>();
        for (int at = from + 1; at < end - 3; at += 2) {
            JpegColour colour = colours.get(bytes[at] & 0xff);
            if (colour == null) {
                throw new JpegDamageException(JpegReasons.unknownColour());
            }
            JpegCodes dc = dcTables[(bytes[at + 1] & 0xff) >> 4 & 3];
            JpegCodes ac = acTables[bytes[at + 1] & 3];
            colour.scan(dc, ac, meanSteps[colour.quantization()]);
            colour.cover(progressive ? first : 0, progressive ? last : 63, bitsToCome);
            finished |= !blocks.hasCodes(colour);
            scanned.add(colour);
        }
        return finished ? end : readBlocks(scanned, blocks, end);
    }

    private JpegBlocks blocks(int colourCount, int first, int last, int earlier) {
        if (!progressive) {
            return new JpegBlocks.Sequential(bits);
        }
        if (first > last || last > 63 || (first > 0 && colourCount > 1)) {
            throw new JpegDamageException(JpegReasons.inconsistentScan());
        }
        if (first == 0) {
            return earlier == 0 ? new JpegBlocks.FirstMeans(bits) : new JpegBlocks.LaterMeans(bits);
        }
        return earlier == 0 ? new JpegBlocks.First(bits, first, last) : new JpegBlocks.Later(bits, first, last);
    }

    private int readBlocks(List<JpegColour> scanned, JpegBlocks blocks, int from) {
        boolean alone = scanned.size() == 1;
        int columns = alone ? scanned.get(0).columns() : columnsTogether;
        int rows = alone ? scanned.get(0).rows() : rowsTogether;
        int pixels = alone ? 8 * tallest / scanned.get(0).down() : 8 * tallest;
        int left = restartInterval;
        int restarts = 0;
        bits.begin(from);
        for (int row = 0; row < rows; row++) {
            try {
                for (int column = 0; column < columns; column++) {
                    if (restartInterval > 0 && left-- == 0) {
                        passRestart(end(scanned, blocks), restarts++ & 7);
                        left = restartInterval - 1;
                    }
                    readUnit(scanned, blocks, row * columns + column);
                }
            } catch (JpegDamageException e) {
                throw new JpegDamageException(JpegReasons.atRow(e.getMessage(), row * pixels, height));
            }
        }
        return end(scanned, blocks);
    }

    /** Reads one block, or all blocks of an interleaved unit. */
    private static void readUnit(List<JpegColour> scanned, JpegBlocks blocks, int index) {
        if (scanned.size() == 1) {
            blocks.read(scanned.get(0), index);
            return;
        }
        for (JpegColour colour : scanned) {
            for (int left = colour.across() * colour.down(); left > 0; left--) {
                blocks.read(colour, index);
            }
        }
    }

    private void passRestart(int marker, int number) {
        if ((bytes[marker + 1] & 0xff) != FIRST_RESTART + number) {
            throw new JpegDamageException(JpegReasons.missingRestartMarker());
        }
        bits.begin(marker + 2);
    }

    /** Skips stray bytes after the last block and returns the index of the next marker. */
    private int end(List<JpegColour> scanned, JpegBlocks blocks) {
        blocks.end();
        scanned.forEach(JpegColour::begin);
        JpegBits.Mark last = bits.mark();
        boolean padded = bits.isPadded();
        int from = bits.align();
        int marker = marker(from);
        boolean atEnd = (bytes[marker + 1] & 0xff) == END_OF_IMAGE;
        if (areData(from, marker) && (!atEnd || !padded || continues(scanned, blocks, last))) {
            throw new JpegDamageException(JpegReasons.continuesAfterLastBlock());
        }
        if (marker > from) {
            strays.add(new int[] {from, marker});
        }
        return marker;
    }

    /** Whether any byte is neither 0 nor 0xff, which some devices use as padding. */
    private boolean areData(int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != 0 && bytes[at] != (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rest can be read as further blocks to its end: then earlier blocks were lost. */
    private boolean continues(List<JpegColour> scanned, JpegBlocks blocks, JpegBits.Mark last) {
        bits.reset(last);
        try {
            while (blocks.canContinue() && !bits.isAtEnd()) {
                readUnit(scanned, blocks, 0);
            }
            return blocks.canContinue();
        } catch (JpegDamageException e) {
            return false;
        }
    }

    private int marker(int from) {
        for (int at = from; at + 1 < bytes.length; at++) {
            if (bytes[at] == (byte) 0xff && bytes[at + 1] != 0 && bytes[at + 1] != (byte) 0xff) {
                return at;
            }
        }
        throw new JpegDamageException(JpegReasons.noEnd());
    }

    private int unsignedShort(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int ceilDivide(int value, int by) {
        return (value + by - 1) / by;
    }

    /** Damage of a JPEG; the message is one of {@link JpegReasons}. Has no stack trace, because the callers only use the message. */
    public static final class JpegDamageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JpegDamageException(String what) {
            super(what, null, false, false);
        }
    }
}
