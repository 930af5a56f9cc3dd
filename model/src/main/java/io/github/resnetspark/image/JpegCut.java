package io.github.resnetspark.image;

import org.bytedeco.javacpp.BytePointer;

/**
 * Where to touch a JPEG so that libjpeg decodes its upper rows only: the height that it declares is made smaller, and zeros
 * stand in for the mark of its end, as libjpeg would complain about compressed data before a mark.
 *
 * @param heightAt where the two bytes of the height stand
 * @param end where the mark of the end stands, from which nothing is given to the decoder
 */
record JpegCut(int heightAt, int end) {
    /** Rows below the last one that is wanted: smooth upsampling of the colours looks at the next. */
    static final int MARGIN = 2;

    /** More than libjpeg reads ahead. */
    private static final int ZEROS = 64;

    /** How many bytes {@link #write} writes. */
    int length() {
        return end + ZEROS;
    }

    /** Writes the picture as if it had so many rows. */
    void write(byte[] encoded, int rows, BytePointer to) {
        to.put(encoded, 0, end);
        to.put(heightAt, (byte) (rows >> 8)).put(heightAt + 1L, (byte) rows);
        for (int i = end; i < length(); i++) {
            to.put(i, (byte) 0);
        }
    }
}
