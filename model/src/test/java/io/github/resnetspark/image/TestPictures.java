package io.github.resnetspark.image;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Generated pictures for the tests of this package. */
public final class TestPictures {
    private TestPictures() {}

    public static RgbImage noise(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    public static RgbImage solid(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new RgbImage(width, height, pixels);
    }

    /** Red is the column, green the row, blue 7. */
    public static RgbImage coordinates(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) (i % width);
            pixels[3 * i + 1] = (byte) (i / width);
            pixels[3 * i + 2] = 7;
        }
        return new RgbImage(width, height, pixels);
    }

    static byte[] greyscale(String extension, int width, int height, int value) {
        byte[] grey = new byte[width * height];
        java.util.Arrays.fill(grey, (byte) value);
        try (BytePointer data = new BytePointer(grey);
                Mat mat = new Mat(height, width, opencv_core.CV_8UC1, data)) {
            return encode(extension, mat);
        }
    }

    public static byte[] jpeg(RgbImage image) {
        return encode(".jpg", image);
    }

    static byte[] bmp(RgbImage image) {
        return encode(".bmp", image);
    }

    /** A 16-bit PNG. The samples are grey, or colours with blue first. */
    static byte[] deepPng(int width, int height, int channels, short... samples) {
        try (ShortPointer data = new ShortPointer(samples);
                Mat mat = new Mat(height, width, opencv_core.CV_MAKETYPE(opencv_core.CV_16U, channels), data)) {
            return encode(".png", mat);
        }
    }

    /** @param quality 1 to 100; lossless above */
    static byte[] webP(RgbImage image, int quality) {
        return encode(".webp", image, opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
    }

    /** A lossless WebP with the same transparency in all pixels. */
    static byte[] transparentWebP(RgbImage image, int alpha) {
        byte[] bgra = new byte[image.width() * image.height() * 4];
        for (int i = 0; i < image.width() * image.height(); i++) {
            bgra[4 * i] = image.pixels()[3 * i + 2];
            bgra[4 * i + 1] = image.pixels()[3 * i + 1];
            bgra[4 * i + 2] = image.pixels()[3 * i];
            bgra[4 * i + 3] = (byte) alpha;
        }
        try (BytePointer data = new BytePointer(bgra);
                Mat mat = new Mat(image.height(), image.width(), opencv_core.CV_8UC4, data)) {
            return encode(".webp", mat, opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101);
        }
    }

    private static byte[] encode(String extension, RgbImage image, int... options) {
        byte[] bgr = image.pixels().clone();
        for (int i = 0; i < bgr.length; i += 3) {
            byte red = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = red;
        }
        try (BytePointer data = new BytePointer(bgr);
                Mat mat = new Mat(image.height(), image.width(), opencv_core.CV_8UC3, data)) {
            return encode(extension, mat, options);
        }
    }

    private static byte[] encode(String extension, Mat mat, int... options) {
        try (BytePointer encoded = new BytePointer();
                IntPointer flags = new IntPointer(options)) {
            opencv_imgcodecs.imencode(extension, mat, encoded, flags);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }
}
