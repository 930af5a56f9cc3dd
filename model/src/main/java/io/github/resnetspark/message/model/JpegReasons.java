package io.github.resnetspark.message.model;

/** What is wrong with the bytes of a JPEG. */
public final class JpegReasons {
    private JpegReasons() {}

    public static String noSize() {
        return "the JPEG does not declare its size";
    }

    public static String noEnd() {
        return "the JPEG has no end marker";
    }

    public static String truncatedSegment() {
        return "the JPEG has a truncated segment";
    }

    public static String inconsistentHeader() {
        return "the JPEG has an inconsistent header";
    }

    public static String invalidHuffmanTable() {
        return "the JPEG has an invalid Huffman table";
    }

    public static String inconsistentScan() {
        return "the JPEG has a scan with an inconsistent header";
    }

    public static String unknownColour() {
        return "the JPEG has a scan of a colour that its header does not declare";
    }

    public static String tooManyScans(int limit) {
        return "the JPEG has more than " + limit + " scans";
    }

    public static String missingScan() {
        return "the JPEG ends before its last scan";
    }

    public static String missingRestartMarker() {
        return "the JPEG lacks a restart marker";
    }

    public static String invalidCode() {
        return "the JPEG data has an invalid code";
    }

    public static String endsEarly() {
        return "the JPEG data ends early";
    }

    public static String continuesAfterLastBlock() {
        return "the JPEG data continues after the last block";
    }

    public static String tooManyCoefficients() {
        return "the JPEG data has a block with too many coefficients";
    }

    public static String impossibleBrightness() {
        return "the JPEG data has a block brighter than white or darker than black";
    }

    /**
     * Adds where the damage was found.
     *
     * @param row of pixels, from 0
     * @param height of the picture, in pixels
     */
    public static String atRow(String reason, int row, int height) {
        return reason + ", at row " + row + " of " + height;
    }
}
