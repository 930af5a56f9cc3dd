package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;

/**
 * Changes the colours of a picture to the same bytes as Pillow's {@code ImageEnhance} (brightness, contrast, colour, sharpness)
 * and torchvision's {@code adjust_hue}. Pixels are {@code [height, width, 3]}, red first, and are changed in place.
 */
final class PillowColors {
    private PillowColors() {}

    /** Blends with black. */
    static void brightness(byte[] pixels, double factor) {
        if (factor != 1) {
            look(pixels, blendsWith(0, factor));
        }
    }

    /** Blends with the picture's mean grey. */
    static void contrast(byte[] pixels, double factor) {
        if (factor != 1) {
            long sum = 0;
            for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
                sum += grey(pixels, i);
            }
            double mean = sum * (double) RgbImage.CHANNELS / pixels.length;
            look(pixels, blendsWith((int) (mean + 0.5), factor));
        }
    }

    /** Blends each pixel with its grey. */
    static void saturation(byte[] pixels, double factor) {
        if (factor != 1) {
            for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
                int grey = grey(pixels, i);
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    pixels[i + channel] = blend(grey, pixels[i + channel] & 0xff, (float) factor);
                }
            }
        }
    }

    /**
     * Rotates the hue, which is one byte.
     *
     * @param turn in parts of the colour circle, -0.5 to 0.5
     */
    static void hue(byte[] pixels, double turn) {
        int steps = (int) (turn * 255);
        if (turn != 0) {
            for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
                turn(pixels, i, steps);
            }
        }
    }

    /** Blends with the smoothed picture: each pixel counts five times, and its eight neighbours once. The edge stays as it is. */
    static void sharpness(RgbImage image, double factor) {
        if (factor != 1) {
            byte[] sharp = image.pixels().clone();
            int row = image.width() * RgbImage.CHANNELS;
            for (int y = 1; y < image.height() - 1; y++) {
                for (int i = y * row + RgbImage.CHANNELS; i < (y + 1) * row - RgbImage.CHANNELS; i++) {
                    int sum = 4 * (sharp[i] & 0xff);
                    for (int line = i - row; line <= i + row; line += row) {
                        sum += (sharp[line - RgbImage.CHANNELS] & 0xff)
                                + (sharp[line] & 0xff)
                                + (sharp[line + RgbImage.CHANNELS] & 0xff);
                    }
                    image.pixels()[i] = blend((2 * sum + 13) / 26, sharp[i] & 0xff, (float) factor);
                }
            }
        }
    }

    private static void turn(byte[] pixels, int at, int steps) {
        int red = pixels[at] & 0xff;
        int green = pixels[at + 1] & 0xff;
        int blue = pixels[at + 2] & 0xff;
        int largest = Math.max(red, Math.max(green, blue));
        int range = largest - Math.min(red, Math.min(green, blue));
        if (range == 0) {
            return;
        }
        float fromRed = (largest - red) / (float) range;
        float fromGreen = (largest - green) / (float) range;
        float fromBlue = (largest - blue) / (float) range;
        float sixth;
        if (red == largest) {
            sixth = fromBlue - fromGreen;
        } else if (green == largest) {
            sixth = (float) (2.0 + fromRed - fromBlue);
        } else {
            sixth = (float) (4.0 + fromGreen - fromRed);
        }
        int hue = ((int) ((float) ((sixth / 6.0 + 1) % 1) * 255.0) + steps) & 0xff;
        int saturation = (int) (range / (float) largest * 255.0);
        write(pixels, at, hue, saturation, largest);
    }

    private static void write(byte[] pixels, int at, int hue, int saturation, int value) {
        double position = hue * 6.0 / 255.0;
        int sector = (int) position;
        float part = (float) (position - sector);
        float full = (float) (saturation / 255.0);
        byte v = (byte) value;
        byte p = rounded(value * (1.0 - full));
        byte q = rounded(value * (1.0 - full * part));
        byte t = rounded(value * (1.0 - full * (1.0 - part)));
        switch (sector % 6) {
            case 0 -> put(pixels, at, v, t, p);
            case 1 -> put(pixels, at, q, v, p);
            case 2 -> put(pixels, at, p, v, t);
            case 3 -> put(pixels, at, p, q, v);
            case 4 -> put(pixels, at, t, p, v);
            default -> put(pixels, at, v, p, q);
        }
    }

    private static void put(byte[] pixels, int at, byte red, byte green, byte blue) {
        pixels[at] = red;
        pixels[at + 1] = green;
        pixels[at + 2] = blue;
    }

    private static byte rounded(double value) {
        return (byte) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
    }

    /** ITU-R 601 luma in 16-bit fixed point. */
    private static int grey(byte[] pixels, int at) {
        return (19595 * (pixels[at] & 0xff) + 38470 * (pixels[at + 1] & 0xff) + 7471 * (pixels[at + 2] & 0xff) + 0x8000)
                >> 16;
    }

    private static void look(byte[] pixels, byte[] table) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = table[pixels[i] & 0xff];
        }
    }

    private static byte[] blendsWith(int other, double factor) {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = blend(other, value, (float) factor);
        }
        return table;
    }

    /** Rounded down. */
    private static byte blend(int from, int to, float factor) {
        return (byte) Math.max(0, Math.min(255, from + factor * (to - from)));
    }
}
