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
 * Encoded pictures to pixels and back.
 *
 * <p>Reads JPEG (greyscale, YCbCr, CMYK and YCCK; the inks are taken as Adobe stores them, inverted), PNG (any depth;
 * transparency is dropped: the colours below it show), BMP and WebP (but for animations), and always gives three channels, red first. Colour profiles are
 * ignored, so a broken one does no harm. An EXIF rotation is not applied, as data sets are labelled and published figures
 * measured without it.
 */
public final class ImageCodec {
    /** The limit of {@link #ImageCodec()}: 67,108,864 pixels, 192 MiB decoded. */
    public static final long DEFAULT_MAXIMUM_PIXELS = 64L << 20;

    /** The longest a side may be, in short sides: at most this much wider or higher, 512-pixel inputs keep the limit above. */
    static final int LARGEST_RATIO = 256;

    /** How OpenCV shall decode: three channels, red first, not turned. */
    static final int READ_MODE = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

    private final long maximumPixels;

    public ImageCodec() {
        this(DEFAULT_MAXIMUM_PIXELS);
    }

    /** @param maximumPixels width times height above which a picture is refused before it is decoded */
    public ImageCodec(long maximumPixels) {
        this.maximumPixels = maximumPixels;
        OpenCv.load();
    }

    /**
     * Decodes a JPEG, PNG, BMP or WebP file; of samples of 16 bits the upper 8 count.
     *
     * @throws ImageException if it is none of them, is damaged anywhere or cut off, or declares more pixels than the limit
     */
    public RgbImage decode(byte[] encoded) {
        ImageHeader header = header(encoded);
        return decoded(sound(encoded, header), header);
    }

    /**
     * The same, with another rule for samples of 16 bits.
     *
     * @throws ImageException as {@link #decode(byte[])} does
     */
    public DecodedPicture decode(byte[] encoded, SixteenBit rule) {
        ImageHeader header = header(encoded);
        byte[] sound = sound(encoded, header);
        if (header.format() != ImageHeader.Format.PNG || !new PngChunks(encoded).isDeep()) {
            return new DecodedPicture(decoded(sound, header), OptionalInt.empty());
        }
        return decodeNatively(sound, header, READ_MODE | opencv_imgcodecs.IMREAD_ANYDEPTH, mat -> reduced(mat, rule));
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
     * Decodes a picture that was checked when it was stored, in less time: what damage within a JPEG hides comes out as libjpeg
     * guesses it.
     *
     * @throws ImageException as {@link #decode} does, but for damage within a JPEG
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
     * Reads a picture's header and holds it against the limit, without decoding.
     *
     * @throws ImageException if it is of no format that is read, declares more pixels than the limit, or is a strip with one
     *     side more than 256 times the other
     */
    public ImageHeader header(byte[] encoded) {
        ImageHeader header = ImageHeader.of(encoded);
        if (header.pixels() > maximumPixels) {
            throw new ImageException(PictureNotices.tooManyPixels(header.width(), header.height(), maximumPixels));
        }
        // Scaling its short side to a network's input would multiply the long one as well.
        long shorter = Math.min(header.width(), header.height());
        if (Math.max(header.width(), header.height()) > shorter * LARGEST_RATIO) {
            throw new ImageException(PictureNotices.tooLong(header.width(), header.height(), LARGEST_RATIO));
        }
        return header;
    }

    /**
     * Checks a picture without decoding it: its header, its size against the limit, and that its end is there. Damage between
     * the two is not noticed.
     *
     * @throws ImageException if {@link #header} refuses it, or it is cut off
     */
    public ImageHeader inspect(byte[] encoded) {
        ImageHeader header = header(encoded);
        refuseCutOff(encoded, header);
        if (header.format() == ImageHeader.Format.PNG && !new PngChunks(encoded).isWhole()) {
            throw new ImageException(PictureNotices.pngWithoutEnd());
        }
        return header;
    }

    /** Encodes losslessly; equal pictures give equal bytes. */
    public byte[] encodePng(RgbImage image) {
        return encode(image, ".png", opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, 6);
    }

    /**
     * Encodes as a YCbCr JPEG with colours at half the resolution (4:2:0); equal pictures give equal bytes.
     *
     * @param quality as libjpeg counts it, 1 to 100
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

    private static byte[] sound(byte[] encoded, ImageHeader header) {
        refuseCutOff(encoded, header);
        return switch (header.format()) {
            case JPEG -> soundJpeg(encoded);
            case PNG -> new PngChunks(encoded).soundPixels();
            case BMP, WEBP -> encoded;
        };
    }

    /** What libjpeg decodes without a word on standard error. */
    private static byte[] soundJpeg(byte[] encoded) {
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
            // OpenCV's own messages quote its source lines; the cause keeps them for whoever looks.
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
     * A picture of any depth, and what was made of it.
     *
     * @param image with 8 bits per sample
     * @param usedBits how many bits the largest sample needs, 1 to 16, where samples have 16
     */
    public record DecodedPicture(RgbImage image, OptionalInt usedBits) {}
}
