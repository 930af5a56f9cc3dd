package io.github.resnetspark.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Loads OpenCV once and switches its own threads off, so that decoding runs on the callers' threads. */
public final class OpenCv {
    static {
        // The lock of class initialisation makes the first use from many threads safe.
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_imgcodecs.class);
        opencv_core.setNumThreads(0);
    }

    private OpenCv() {}

    /** Returns when the native libraries are loaded. */
    static void load() {}

    private static RgbImage resize(RgbImage image, int width, int height) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        int method = width <= image.width() && height <= image.height()
                ? opencv_imgproc.INTER_AREA
                : opencv_imgproc.INTER_LINEAR;
        byte[] scaled = new byte[width * height * RgbImage.CHANNELS];
        try (BytePointer sourceData = new BytePointer(image.pixels());
                Mat from = new Mat(image.height(), image.width(), opencv_core.CV_8UC3, sourceData);
                BytePointer scaledData = new BytePointer(scaled.length);
                Mat to = new Mat(height, width, opencv_core.CV_8UC3, scaledData);
                Size size = new Size(width, height)) {
            opencv_imgproc.resize(from, to, size, 0, 0, method);
            scaledData.get(scaled);
        }
        return new RgbImage(width, height, scaled);
    }

    /**
     * Scales the picture so that its short side has {@code shortSide} pixels. The long side is rounded down. Averages areas if both
     * sides shrink, and is bilinear otherwise.
     *
     * @throws ImageException if the result would have more pixels than {@link ImageCodec#DEFAULT_MAXIMUM_PIXELS}
     */
    public static RgbImage resizeShortSide(RgbImage image, int shortSide) {
        int smaller = Math.min(image.width(), image.height());
        long width = (long) image.width() * shortSide / smaller;
        long height = (long) image.height() * shortSide / smaller;
        TriangleResampler.refuseHuge(image, width, height);
        return resize(image, (int) width, (int) height);
    }
}
