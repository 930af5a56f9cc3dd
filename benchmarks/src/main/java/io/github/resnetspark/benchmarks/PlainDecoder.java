package io.github.resnetspark.benchmarks;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Plain OpenCV, without this project's code. */
final class PlainDecoder {
    private PlainDecoder() {}

    /** Decodes all of a picture. */
    static void decode(byte[] encoded) {
        try (BytePointer bytes = new BytePointer(encoded);
                Mat from = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(from, opencv_imgcodecs.IMREAD_COLOR)) {
            check(decoded);
        }
    }

    /** Decodes all of a picture and scales it to a square. */
    static void decodeAndResize(byte[] encoded, int size, int interpolation) {
        try (BytePointer bytes = new BytePointer(encoded);
                Mat from = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(from, opencv_imgcodecs.IMREAD_COLOR);
                Mat resized = new Mat();
                Size square = new Size(size, size)) {
            check(decoded);
            opencv_imgproc.resize(decoded, resized, square, 0, 0, interpolation);
        }
    }

    /** Decodes all of a picture, scales its short side and encodes it as JPEG. */
    static void decodeResizeEncode(byte[] encoded, int shortSide, int quality) {
        try (BytePointer bytes = new BytePointer(encoded);
                Mat from = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(from, opencv_imgcodecs.IMREAD_COLOR);
                Mat resized = new Mat();
                BytePointer jpeg = new BytePointer();
                IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality)) {
            check(decoded);
            double scale = Math.min(1, (double) shortSide / Math.min(decoded.cols(), decoded.rows()));
            try (Size smaller = new Size((int) (decoded.cols() * scale), (int) (decoded.rows() * scale))) {
                opencv_imgproc.resize(decoded, resized, smaller, 0, 0, opencv_imgproc.INTER_AREA);
            }
            opencv_imgcodecs.imencode(".jpg", resized, jpeg, options);
        }
    }

    private static void check(Mat decoded) {
        if (decoded.empty()) {
            throw new IllegalStateException("OpenCV cannot decode a picture of the benchmark.");
        }
    }
}
