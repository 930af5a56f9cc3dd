package io.github.resnetspark.image;

import java.util.Arrays;

/**
 * A decoded picture.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixels {@code [height, width, 3]}, unsigned bytes, red first; not copied, so do not modify it
 */
@SuppressWarnings("ArrayRecordComponent") // A list would cost one object per byte.
public record RgbImage(int width, int height, byte[] pixels) {
    /** Red, green, blue. */
    public static final int CHANNELS = 3;

    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException("A picture of " + width + " x " + height + " pixels does not have "
                    + pixels.length + " bytes. Pass width * height * 3 bytes.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
                && width == image.width
                && height == image.height
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " x " + height + "]";
    }

    /** A rectangle of a picture, in pixels; {@code left} and {@code top} count from the upper left corner. */
    public record Crop(int left, int top, int width, int height) {
        public int right() {
            return left + width;
        }

        public int bottom() {
            return top + height;
        }

        /** The same part, to the nearest pixel, of the picture reduced by the factor {@code by}. */
        public Crop reduced(int by) {
            int newLeft = (left + by / 2) / by;
            int newTop = (top + by / 2) / by;
            return new Crop(newLeft, newTop, (right() + by / 2) / by - newLeft, (bottom() + by / 2) / by - newTop);
        }
    }
}
