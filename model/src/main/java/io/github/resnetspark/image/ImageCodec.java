package io.github.resnetspark.image;

import io.github.resnetspark.image.jpeg.JpegScans;
import io.github.resnetspark.image.jpeg.JpegSegments;
import io.github.resnetspark.message.model.PictureNotices;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes and encodes pictures. Thread-safe.
 *
 * <p>Reads JPEG, PNG, BMP and WebP and always returns three channels, red first:
 *
 * <ul>
 *   <li>JPEG may be greyscale, YCbCr, CMYK or YCCK. The inks are taken as Adobe stores them, inverted.
 *   <li>PNG may have any depth. Transparency is dropped: the colours below it show.
 *   <li>Animated WebP is not supported.
 *   <li>Colour profiles are ignored, so a broken one does no harm.
 *   <li>EXIF rotation is not applied, because data sets are labelled and published figures measured without it.
 * </ul>
 */
public final class ImageCodec {
    /** The default limit: 67,108,864 pixels, which are 192 MiB decoded. */
    public static final long DEFAULT_MAXIMUM_PIXELS = 64L << 20;

    /** The largest ratio of the sides. With it, pictures scaled for 512-pixel inputs stay within the default limit. */
    static final int LARGEST_RATIO = 256;

    /** OpenCV decodes to three channels, red first, without rotation. */
    static final int READ_MODE = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

    private final long maximumPixels;

    public ImageCodec() {
        this(DEFAULT_MAXIMUM_PIXELS);
    }

    /** @param maximumPixels limit of width times height; a larger picture is rejected before it is decoded */
    public ImageCodec(long maximumPixels) {
        this.maximumPixels = maximumPixels;
        OpenCv.load();
    }

    /**
     * Decodes a JPEG, PNG, BMP or WebP file. Of 16-bit samples only the upper 8 bits are used.
     *
     * @throws ImageException if the format is not supported, or the picture is damaged, truncated or larger than the limit
     */
    public RgbImage decode(byte[] encoded) {
        ImageHeader header = header(encoded);
        return decoded(checked(encoded, header), header);
    }

    /**
     * As {@link #decode(byte[])}, with a rule for 16-bit samples.
     *
     * @throws ImageException as {@link #decode(byte[])} does
     */
    public DecodedPicture decode(byte[] encoded, SixteenBit rule) {
        ImageHeader header = header(encoded);
        byte[] checked = checked(encoded, header);
        if (header.format() != ImageHeader.Format.PNG || !new PngChunks(encoded).isDeep()) {
            return new DecodedPicture(decoded(checked, header), OptionalInt.empty());
        }
        return decodeNatively(checked, header, READ_MODE | opencv_imgcodecs.IMREAD_ANYDEPTH, mat -> reduced(mat, rule));
    }

    private static DecodedPicture reduced(Mat mat, SixteenBit rule) {
        int[] samples = new int[mat.cols() * RgbImage.CHANNELS];
        int used = 0;
        for (int row = 0; row < mat.rows(); row++) {
            readRow(mat, row, samples);
            for (int sample : samples) {
                used |= sample;
            }
        }
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(used));
        byte[] rgb = new byte[mat.rows() * samples.length];
        for (int row = 0; row < mat.rows(); row++) {
            readRow(mat, row, samples);
            for (int i = 0; i < samples.length; i++) {
                rgb[row * samples.length + i] = (byte) rule.toByte(samples[i], bits);
            }
        }
        return new DecodedPicture(new RgbImage(mat.cols(), mat.rows(), rgb), OptionalInt.of(bits));
    }

    private static void readRow(Mat mat, int row, int[] samples) {
        short[] values = new short[samples.length];
        try (BytePointer start = mat.ptr(row)) {
            new ShortPointer(start).get(values);
        }
        for (int i = 0; i < values.length; i++) {
            samples[i] = Short.toUnsignedInt(values[i]);
        }
    }

    /**
     * Decodes a picture that was checked when it was stored. This is faster, because the compressed data of a JPEG is not checked
     * again. Where it is damaged, libjpeg guesses the pixels.
     *
     * @throws ImageException as {@link #decode} does, except for damage within a JPEG
     */
    public RgbImage decodeStored(byte[] encoded) {
        ImageHeader header = header(encoded);
        refuseCutOff(encoded, header);
        return decoded(encoded, header);
    }

    private static RgbImage decoded(byte[] encoded, ImageHeader header) {
        return decodeNatively(encoded, header, READ_MODE, ImageCodec::pixels);
    }

    /**
     * Reads a picture's header and checks its size, without decoding.
     *
     * @throws ImageException if the format is not supported, the picture declares more pixels than the limit, or one side is
     *     more than 256 times the other
     */
    public ImageHeader header(byte[] encoded) {
        ImageHeader header = ImageHeader.of(encoded);
        if (header.pixels() > maximumPixels) {
            throw new ImageException(PictureNotices.tooManyPixels(header.width(), header.height(), maximumPixels));
        }
        // Scaling the short side to a network's input multiplies the long side as well.
        long shorter = Math.min(header.width(), header.height());
        if (Math.max(header.width(), header.height()) > shorter * LARGEST_RATIO) {
            throw new ImageException(PictureNotices.tooLong(header.width(), header.height(), LARGEST_RATIO));
        }
        return header;
    }

    /**
     * Checks the header, the size and the end of a picture without decoding it. Damage in between is not noticed.
     *
     * @throws ImageException if {@link #header} rejects the picture, or it is truncated
     */
    public ImageHeader inspect(byte[] encoded) {
        ImageHeader header = header(encoded);
        refuseCutOff(encoded, header);
        if (header.format() == ImageHeader.Format.PNG && !new PngChunks(encoded).isWhole()) {
            throw new ImageException(PictureNotices.pngWithoutEnd());
        }
        return header;
    }

    /** Encodes without loss. Deterministic: equal pictures give equal bytes. */
    public byte[] encodePng(RgbImage image) {
        return encode(image, ".png", opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, 6);
    }

    /**
     * Encodes as a YCbCr JPEG with colours at half the resolution (4:2:0). Deterministic: equal pictures give equal bytes.
     *
     * @param quality of libjpeg, 1 to 100
     */
    public byte[] encodeJpeg(RgbImage image, int quality) {
        return encode(image, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    }

    private static byte[] encode(RgbImage image, String extension, int option, int value) {
        byte[] bgr = swapRedAndBlue(image.pixels().clone());
        try (BytePointer data = new BytePointer(bgr);
                Mat mat = new Mat(image.height(), image.width(), opencv_core.CV_8UC3, data);
                BytePointer encoded = new BytePointer();
                IntPointer options = new IntPointer(option, value)) {
            if (!opencv_imgcodecs.imencode(extension, mat, encoded, options)) {
                throw new ImageException(PictureNotices.notEncoded(image.width(), image.height(), extension));
            }
            byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(bytes);
            return bytes;
        }
    }

    private static void refuseCutOff(byte[] encoded, ImageHeader header) {
        if (header.format() == ImageHeader.Format.JPEG && !new JpegSegments(encoded).isWhole()) {
            throw new ImageException(PictureNotices.jpegWithoutEnd());
        }
    }

    private static byte[] checked(byte[] encoded, ImageHeader header) {
        refuseCutOff(encoded, header);
        return switch (header.format()) {
            case JPEG -> checkedJpeg(encoded);
            case PNG -> new PngChunks(encoded).checkedPixelChunks();
            case BMP, WEBP -> encoded;
        };
    }

    /** A checked JPEG that libjpeg decodes without writing to standard error. */
    private static byte[] checkedJpeg(byte[] encoded) {
        JpegScans scans = new JpegScans(encoded);
        scans.damage().ifPresent(damage -> {
            throw new ImageException(PictureNotices.damagedJpeg(damage));
        });
        return scans.withoutStrayBytes();
    }

    private static <T> T decodeNatively(byte[] encoded, ImageHeader header, int mode, Function<Mat, T> result) {
        try (BytePointer data = new BytePointer(encoded);
                Mat input = new Mat(1, encoded.length, opencv_core.CV_8UC1, data);
                Mat mat = opencv_imgcodecs.imdecode(input, mode)) {
            if (mat.empty()) {
                throw new ImageException(
                        PictureNotices.doesNotDecode(header.format().name()));
            }
            if (mat.cols() != header.width() || mat.rows() != header.height()) {
                throw new ImageException(
                        PictureNotices.otherSize(header.width(), header.height(), mat.cols(), mat.rows()));
            }
            return result.apply(mat);
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            // OpenCV's own messages quote its source lines. They stay available as the cause.
            throw new ImageException(
                    PictureNotices.decoderFailed(header.format().name()), e);
        }
    }

    private static RgbImage pixels(Mat mat) {
        byte[] rgb = new byte[mat.rows() * mat.cols() * RgbImage.CHANNELS];
        try (BytePointer pixels = mat.data()) {
            pixels.get(rgb);
        }
        return new RgbImage(mat.cols(), mat.rows(), rgb);
    }

    private static byte[] swapRedAndBlue(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
            byte first = pixels[i];
            pixels[i] = pixels[i + 2];
            pixels[i + 2] = first;
        }
        return pixels;
    }

    /**
     * A decoded picture of any depth.
     *
     * @param image with 8 bits per sample
     * @param usedBits bits that the largest sample needs, 1 to 16; empty unless samples have 16 bits
     */
    public record DecodedPicture(RgbImage image, OptionalInt usedBits) {}
}
