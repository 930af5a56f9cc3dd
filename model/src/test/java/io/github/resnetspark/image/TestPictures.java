package io.github.resnetspark.image;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Generated pictures for the tests of this package. */
final class TestPictures {
    private TestPictures() {}

    static RgbImage noise(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    static RgbImage solid(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new RgbImage(width, height, pixels);
    }

    /** Red is the column, green the row, blue 7. */
    static RgbImage coordinates(int width, int height) {
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

    static byte[] jpeg(RgbImage image) {
        return encode(".jpg", image);
    }

    static byte[] bmp(RgbImage image) {
        return encode(".bmp", image);
    }

    private static byte[] encode(String extension, RgbImage image) {
        byte[] bgr = image.pixels().clone();
        for (int i = 0; i < bgr.length; i += 3) {
            byte red = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = red;
        }
        try (BytePointer data = new BytePointer(bgr);
                Mat mat = new Mat(image.height(), image.width(), opencv_core.CV_8UC3, data)) {
            return encode(extension, mat);
        }
    }

    private static byte[] encode(String extension, Mat mat) {
        try (BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(extension, mat, encoded);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }
}
