package io.github.resnetspark.image;

import io.github.resnetspark.image.RgbImage.Crop;
import io.github.resnetspark.image.jpeg.JpegSegments;
import io.github.resnetspark.message.model.PictureNotices;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes the part of a picture that a crop needs and scales it to a square. A JPEG is decoded at 1/2, 1/4 or 1/8 of its size if
 * the crop is then still at least as large as the square; libjpeg does this in the frequency domain. Rows below the crop are not
 * decoded.
 *
 * <p>Scaling is bilinear up to a factor of 2.25, where it still uses at least eight of nine pixels in each row. Beyond that it averages areas,
 * which takes eight times as long. Not thread-safe: native memory for the largest picture so far is kept for the next ones.
 */
public final class CropDecoder implements AutoCloseable {
    private static final double LONGEST_STEP = 2.25;
    private static final int[] REDUCTIONS = {8, 4, 2};
    /** So many bytes at the end of the output get a mark before decoding. If neither mark changes, nothing was written. */
    private static final int MARKED = 64;

    private static final byte[] MARKS = {0x5a, (byte) 0xa5};

    private final int size;
    private final RgbImage square;
    private final NativeBytes encodedBytes = new NativeBytes();
    private final NativeBytes decodedBytes = new NativeBytes();
    private final BytePointer squareBytes;
    private final Mat scaled;
    private final Size side;

    /** @param size side of the square, in pixels */
    public CropDecoder(int size) {
        OpenCv.load();
        this.size = size;
        this.square = new RgbImage(size, size, new byte[size * size * RgbImage.CHANNELS]);
        this.squareBytes = new BytePointer(square.pixels().length);
        this.scaled = new Mat(size, size, opencv_core.CV_8UC3, squareBytes);
        this.side = new Size(size, size);
    }

    /**
     * Decodes and scales one picture.
     *
     * @param header the result of {@link ImageCodec#header}
     * @param crop a part of the picture
     * @return always the same object; the next call overwrites its pixels
     * @throws ImageException if the picture is damaged
     */
    public RgbImage decode(byte[] encoded, ImageHeader header, Crop crop) {
        boolean jpeg = header.format() == ImageHeader.Format.JPEG;
        int reduction = jpeg ? reduction(crop, size) : 1;
        Crop reduced = crop.reduced(reduction);
        int rows = (reduced.bottom() + JpegSegments.Cut.MARGIN) * reduction;
        Optional<JpegSegments.Cut> cut =
                jpeg && rows < header.height() ? new JpegSegments(encoded).cut() : Optional.empty();
        if (jpeg && !new JpegSegments(encoded).hasEnd()) {
            throw new ImageException(PictureNotices.jpegWithoutEnd());
        }
        int height = ceilDivide(cut.isPresent() ? rows : header.height(), reduction);
        int width = ceilDivide(header.width(), reduction);
        int length = cut.map(JpegSegments.Cut::length).orElse(encoded.length);
        BytePointer input = encodedBytes.ofSize(length);
        if (cut.isPresent()) {
            cut.get().write(encoded, rows, input);
        } else {
            input.put(encoded, 0, length);
        }
        BytePointer output = decodedBytes.ofSize((long) width * height * RgbImage.CHANNELS);
        try (Mat from = new Mat(1, length, opencv_core.CV_8UC1, input);
                Mat decoded = new Mat(height, width, opencv_core.CV_8UC3, output)) {
            boolean written = decode(from, reduction, decoded, output);
            refuseDamaged(decoded, written, width, height, header);
            scale(decoded, reduced);
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ImageException(
                    PictureNotices.decoderFailed(header.format().name()), e);
        }
        return square;
    }

    /** The largest reduction at which the crop is at least {@code size} wide and high, or 1. */
    static int reduction(Crop crop, int size) {
        int smaller = Math.min(crop.width(), crop.height());
        for (int reduction : REDUCTIONS) {
            if (smaller / reduction >= size) {
                return reduction;
            }
        }
        return 1;
    }

    private static int ceilDivide(int value, int by) {
        return (value + by - 1) / by;
    }

    /**
     * OpenCV decodes into the memory of a matrix of the right size, or silently leaves it unchanged.
     *
     * @return whether anything was written
     */
    private static boolean decode(Mat from, int reduction, Mat to, BytePointer output) {
        // The greyscale constants contain only the bit of the reduction. The colour constants would add the order BGR.
        int reduced =
                switch (reduction) {
                    case 8 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
                    case 4 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
                    case 2 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
                    default -> 0;
                };
        long length = (long) to.rows() * to.cols() * RgbImage.CHANNELS;
        for (byte mark : MARKS) {
            long first = Math.max(0, length - MARKED);
            for (long i = first; i < length; i++) {
                output.put(i, mark);
            }
            opencv_imgcodecs.imdecode(from, reduced | ImageCodec.READ_MODE, to).close();
            for (long i = first; i < length; i++) {
                if (output.get(i) != mark) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void refuseDamaged(Mat decoded, boolean written, int width, int height, ImageHeader header) {
        if (!decoded.empty() && (decoded.cols() != width || decoded.rows() != height)) {
            throw new ImageException(PictureNotices.otherReducedSize(
                    header.width(), header.height(), decoded.cols(), decoded.rows(), width, height));
        }
        if (decoded.empty() || !written) {
            throw new ImageException(
                    PictureNotices.doesNotDecode(header.format().name()));
        }
    }

    private void scale(Mat decoded, Crop crop) {
        boolean far = LONGEST_STEP * size < Math.max(crop.width(), crop.height());
        boolean shrinks = crop.width() >= size && crop.height() >= size;
        int method = far && shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
        try (Rect rectangle = new Rect(crop.left(), crop.top(), crop.width(), crop.height());
                Mat part = new Mat(decoded, rectangle)) {
            opencv_imgproc.resize(part, scaled, side, 0, 0, method);
        }
        squareBytes.get(square.pixels());
    }

    @Override
    public void close() {
        encodedBytes.close();
        decodedBytes.close();
        scaled.close();
        side.close();
        squareBytes.close();
    }

    /** Native memory that grows to the largest size requested and is kept until closed. */
    static final class NativeBytes implements AutoCloseable {
        private BytePointer bytes = new BytePointer();

        /** Memory of at least this size. Previous contents are lost. */
        BytePointer ofSize(long size) {
            if (bytes.capacity() < size) {
                bytes.close();
                // 50 % more, so that slowly growing pictures do not allocate each time.
                bytes = new BytePointer(size + size / 2);
            }
            return bytes;
        }

        @Override
        public void close() {
            bytes.close();
        }
    }
}
