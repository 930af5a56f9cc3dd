package io.github.resnetspark.image;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Writes a square window of a picture into a batch as three normalised planes {@code [3, S, S]}. */
public final class NormalizedPlanes {
    private final int size;
    private final float[] table;

    public NormalizedPlanes(int size, Normalization normalization) {
        this.size = size;
        this.table = normalization.table();
    }

    /** The direction in which a window's rows are read. */
    public enum Direction {
        AS_STORED,
        MIRRORED;

        /** Draws one of both with equal probability. */
        public static Direction drawn(SplittableRandom random) {
            return random.nextBoolean() ? MIRRORED : AS_STORED;
        }
    }

    /**
     * Writes one window. It may extend beyond the picture's edges: pixels outside become 0, which is the channel's mean.
     *
     * @param left of the window in the picture, may be negative
     * @param top of the window in the picture, may be negative
     */
    public void write(RgbImage image, int left, int top, Direction direction, float[] batch, int offset) {
        int plane = size * size;
        int firstColumn = Math.max(0, -left);
        int endColumn = Math.min(size, image.width() - left);
        if (firstColumn > 0 || endColumn < size || top < 0 || top + size > image.height()) {
            Arrays.fill(batch, offset, offset + RgbImage.CHANNELS * plane, 0f);
        }
        int step = direction == Direction.MIRRORED ? -1 : 1;
        byte[] pixels = image.pixels();
        for (int y = Math.max(0, -top); y < Math.min(size, image.height() - top); y++) {
            int from = ((top + y) * image.width() + left + firstColumn) * RgbImage.CHANNELS;
            int row = offset + y * size;
            int to = direction == Direction.MIRRORED ? row + size - 1 - firstColumn : row + firstColumn;
            for (int x = firstColumn; x < endColumn; x++, from += RgbImage.CHANNELS, to += step) {
                batch[to] = table[pixels[from] & 0xff];
                batch[to + plane] = table[256 + (pixels[from + 1] & 0xff)];
                batch[to + 2 * plane] = table[512 + (pixels[from + 2] & 0xff)];
            }
        }
    }
}
