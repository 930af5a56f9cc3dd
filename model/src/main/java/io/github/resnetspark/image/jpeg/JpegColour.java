package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;

/** One colour component of a JPEG. */
final class JpegColour {
    /** A block's mean is at most 1024, eight times the largest difference of a sample from grey. The rest is tolerance. */
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
     * @param across horizontal sampling factor, 1 to 4
     * @param down vertical sampling factor, 1 to 4
     * @param quantization the number of its quantization table, 0 to 3
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

    /** The number of blocks in a row. */
    int columns() {
        return columns;
    }

    /** The number of blocks in a column. */
    int rows() {
        return rows;
    }

    int quantization() {
        return quantization;
    }

    /**
     * Sets the tables of a scan. Either may be missing.
     *
     * @param step the quantization step of means; 0 if it is unknown
     */
    void scan(JpegCodes dcCodes, JpegCodes acCodes, int step) {
        this.largestMean = step == 0 ? Integer.MAX_VALUE : LARGEST_MEAN / step + 2;
        begin();
        this.dc = dcCodes;
        this.ac = acCodes;
    }

    /** Starts blocks that do not depend on the previous ones. */
    void begin() {
        mean = 0;
    }

    /**
     * Adds the difference of a block's mean from that of the previous block.
     *
     * @param size of the difference in bits, 0 to 15
     * @param value the stored bits
     */
    void addToMean(int size, int value) {
        boolean positive = size > 0 && value >> (size - 1) == 1;
        mean += positive ? value : value - (1 << size) + 1;
        if (Math.abs(mean) > largestMean) {
            throw new JpegDamageException(JpegReasons.impossibleBrightness());
        }
    }

    /**
     * Records the coefficients of a scan.
     *
     * @param bitsToCome the number of their bits that later scans contain
     */
    void cover(int first, int last, int bitsToCome) {
        long scanned = (-1L >>> (63 - last)) & (-1L << first);
        begun |= scanned;
        finished |= bitsToCome == 0 ? scanned : 0;
    }

    /** Whether this component was scanned and no scan that completes another one is missing. */
    boolean isComplete() {
        return begun != 0 && (begun & ~finished) == 0;
    }

    JpegCodes dc() {
        return dc;
    }

    JpegCodes ac() {
        return ac;
    }

    /** For each block, the coefficients that are not zero in earlier scans: bit k is the k-th in zigzag order. */
    long[] nonzero() {
        if (nonzero == null) {
            nonzero = new long[columns * rows];
        }
        return nonzero;
    }
}
