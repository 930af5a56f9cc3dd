package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import java.util.Arrays;

/**
 * Shears, shifts and rotates a picture to the same bytes as torchvision does with Pillow: nearest pixel, and black where the
 * picture does not reach. Pixels are changed in place.
 */
final class PillowShapes {
    /** Pillow computes positions in 16-bit fixed point. */
    private static final int FRACTION_BITS = 16;

    private PillowShapes() {}

    /** Shifts each row by {@code slope} times its distance from the upper edge; to the left if positive. */
    static void shearX(RgbImage image, double slope) {
        transform(image, new Affine(1, slope, 0, 0, 1, 0));
    }

    /** Shifts each column by {@code slope} times its distance from the left edge; upwards if positive. */
    static void shearY(RgbImage image, double slope) {
        transform(image, new Affine(1, 0, 0, slope, 1, 0));
    }

    /** Shifts the picture to the right and down by whole pixels. */
    static void translate(RgbImage image, int right, int down) {
        transform(image, new Affine(1, 0, -right, 0, 1, -down));
    }

    /** Rotates the picture counterclockwise around its centre. */
    static void rotate(RgbImage image, double degrees) {
        double angle = -Math.toRadians(degrees);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = image.width() / 2.0;
        double y = image.height() / 2.0;
        transform(image, new Affine(cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y));
    }

    /** Where each pixel comes from: {@code (a x + b y + c, d x + e y + f)}. */
    private record Affine(double a, double b, double c, double d, double e, double f) {}

    private static void transform(RgbImage image, Affine affine) {
        byte[] to = image.pixels();
        byte[] from = to.clone();
        Arrays.fill(to, (byte) 0);
        long startX = fixed(affine.c + affine.a * 0.5 + affine.b * 0.5);
        long startY = fixed(affine.f + affine.d * 0.5 + affine.e * 0.5);
        long stepX = fixed(affine.a);
        long stepY = fixed(affine.d);
        int at = 0;
        for (int row = 0; row < image.height(); row++) {
            long x = startX;
            long y = startY;
            for (int column = 0; column < image.width(); column++, at += RgbImage.CHANNELS) {
                long left = x >> FRACTION_BITS;
                long top = y >> FRACTION_BITS;
                if (left >= 0 && left < image.width() && top >= 0 && top < image.height()) {
                    int source = (int) (top * image.width() + left) * RgbImage.CHANNELS;
                    to[at] = from[source];
                    to[at + 1] = from[source + 1];
                    to[at + 2] = from[source + 2];
                }
                x += stepX;
                y += stepY;
            }
            startX += fixed(affine.b);
            startY += fixed(affine.e);
        }
    }

    private static long fixed(double value) {
        return (long) Math.floor(value * (1 << FRACTION_BITS) + 0.5);
    }
}
