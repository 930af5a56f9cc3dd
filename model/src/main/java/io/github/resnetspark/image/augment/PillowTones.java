package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;

/**
 * Maps the values of each channel to the same bytes as Pillow's {@code ImageOps}: posterize, solarize, autocontrast and
 * equalize. Pixels are {@code [height, width, 3]}, red first, and are changed in place.
 */
final class PillowTones {
    private static final int VALUES = 256;

    private PillowTones() {}

    /**
     * Keeps the highest bits of each value.
     *
     * @param bits number of bits, 0 to 8
     */
    static void posterize(byte[] pixels, int bits) {
        int mask = -(1 << (8 - bits));
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= (byte) mask;
        }
    }

    /** Inverts the values from a threshold on. */
    static void solarize(byte[] pixels, double threshold) {
        for (int i = 0; i < pixels.length; i++) {
            int value = pixels[i] & 0xff;
            if (value >= threshold) {
                pixels[i] = (byte) (255 - value);
            }
        }
    }

    /** Stretches the values of each channel to 0..255. */
    static void autoContrast(byte[] pixels) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            int[] histogram = histogram(pixels, channel);
            int low = 0;
            while (histogram[low] == 0) {
                low++;
            }
            int high = VALUES - 1;
            while (histogram[high] == 0) {
                high--;
            }
            if (high > low) {
                look(pixels, channel, stretched(low, high));
            }
        }
    }

    private static byte[] stretched(int low, int high) {
        double scale = 255.0 / (high - low);
        double offset = -low * scale;
        byte[] table = new byte[VALUES];
        for (int value = low; value <= high; value++) {
            table[value] = (byte) Math.max(0, Math.min(255, (int) (value * scale + offset)));
        }
        return table;
    }

    /** Makes the histogram of each channel as even as possible. */
    static void equalize(byte[] pixels) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            int[] histogram = histogram(pixels, channel);
            int highest = VALUES - 1;
            while (histogram[highest] == 0) {
                highest--;
            }
            int step = (pixels.length / RgbImage.CHANNELS - histogram[highest]) / 255;
            if (step > 0) {
                look(pixels, channel, evened(histogram, step));
            }
        }
    }

    private static byte[] evened(int[] histogram, int step) {
        byte[] table = new byte[VALUES];
        int sum = step / 2;
        for (int value = 0; value < VALUES; value++) {
            // The step is rounded down, so the last quotients can be above 255.
            table[value] = (byte) Math.min(255, sum / step);
            sum += histogram[value];
        }
        return table;
    }

    private static int[] histogram(byte[] pixels, int channel) {
        int[] histogram = new int[VALUES];
        for (int i = channel; i < pixels.length; i += RgbImage.CHANNELS) {
            histogram[pixels[i] & 0xff]++;
        }
        return histogram;
    }

    private static void look(byte[] pixels, int channel, byte[] table) {
        for (int i = channel; i < pixels.length; i += RgbImage.CHANNELS) {
            pixels[i] = table[pixels[i] & 0xff];
        }
    }
}
