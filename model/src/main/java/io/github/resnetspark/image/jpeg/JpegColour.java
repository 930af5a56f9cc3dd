package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;

/** One of a JPEG's colours, or its grey. */
final class JpegColour {
    /** A block's mean is at most 1024, eight times what a sample can differ from grey; some leeway is for odd encoders. */
    private static final int LARGEST_MEAN = 1280;

    private final int quantization;
    private final int across;
    private final int down;
    private int columns;
    private int rows;
    private JpegCodes dc;
    private JpegCodes ac;
    private long begun;
    private long finished;
    private int mean;
    private int largestMean;
    private long[] nonzero;

    /**
     * @param across blocks in a row of what is stored together, 1 to 4
     * @param down blocks in a column of it, 1 to 4
     * @param quantization the number of its table of steps, 0 to 3
     */
    JpegColour(int across, int down, int quantization) {
        this.quantization = quantization;
        this.across = across;
        this.down = down;
    }

    int across() {
        return across;
    }

    int down() {
        return down;
    }

    void size(int newColumns, int newRows) {
        this.columns = newColumns;
        this.rows = newRows;
    }

    /** How many blocks are in a row. */
    int columns() {
        return columns;
    }

    /** How many blocks are in a column. */
    int rows() {
        return rows;
    }

    int quantization() {
        return quantization;
    }

    /**
     * Takes the tables of a scan, either of which may be missing.
     *
     * @param step what means are multiples of; 0 if that is not known
     */
    void scan(JpegCodes dcCodes, JpegCodes acCodes, int step) {
        this.largestMean = step == 0 ? Integer.MAX_VALUE : LARGEST_MEAN / step + 2;
        begin();
        this.dc = dcCodes;
        this.ac = acCodes;
    }

    /** Blocks to come do not depend on those before. */
    void begin() {
        mean = 0;
    }

    /**
     * Takes how a block's mean differs from that of the one before.
     *
     * @param size of the difference in bits, 0 to 15
     * @param value the bits, as they are stored
     */
    void addToMean(int size, int value) {
        boolean positive = size > 0 && value >> (size - 1) == 1;
        mean += positive ? value : value - (1 << size) + 1;
        if (Math.abs(mean) > largestMean) {
            throw new JpegDamageException(JpegReasons.impossibleBrightness());
        }
    }

    /**
     * Takes which coefficients a scan has.
     *
     * @param bitsToCome how many of their bits it leaves to later scans
     */
    void cover(int first, int last, int bitsToCome) {
        long scanned = (-1L >>> (63 - last)) & (-1L << first);
        begun |= scanned;
        finished |= bitsToCome == 0 ? scanned : 0;
    }

    /** Whether there was a scan of it, and none to complete another one is missing. */
    boolean isComplete() {
        return begun != 0 && (begun & ~finished) == 0;
    }

    JpegCodes dc() {
        return dc;
    }

    JpegCodes ac() {
        return ac;
    }

    /** For each block the coefficients that earlier scans found not to be zero: bit k is the k-th in zigzag order. */
    long[] nonzero() {
        if (nonzero == null) {
            nonzero = new long[columns * rows];
        }
        return nonzero;
    }
}
