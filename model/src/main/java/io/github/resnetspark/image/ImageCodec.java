package io.github.resnetspark.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded pictures to pixels and back.
 *
 * <p>Reads JPEG (greyscale, YCbCr, CMYK and YCCK; the inks are taken as Adobe stores them, inverted), PNG (any depth;
 * transparency is dropped: the colours below it show) and BMP, and always gives three channels, red first. Colour profiles are
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
     * Decodes a JPEG, PNG or BMP file.
     *
     * @throws ImageException if it is none of them, is damaged anywhere or cut off, or declares more pixels than the limit
     */
    public RgbImage decode(byte[] encoded) {
        ImageHeader header = header(encoded);
        refuseCutOff(encoded, header);
        byte[] sound =
                switch (header.format()) {
                    case JPEG -> soundJpeg(encoded);
                    case PNG -> new PngChunks(encoded).soundPixels();
                    case BMP -> encoded;
                };
        return decoded(sound, header);
    }

    /**
     * Decodes a picture that was checked when it was stored, in less time: what damage within a JPEG hides comes out as libjpeg
     * guesses it.
     *
     * @throws ImageException as {@link #decode} does, but for damage within a JPEG
     */
    RgbImage decodeStored(byte[] encoded) {
        ImageHeader header = header(encoded);
        refuseCutOff(encoded, header);
        return decoded(encoded, header);
    }

    private static RgbImage decoded(byte[] encoded, ImageHeader header) {
        RgbImage image = decodeNatively(encoded, header.format());
        if (image.width() != header.width() || image.height() != header.height()) {
            throw new ImageException("The picture declares " + header.width() + " x " + header.height()
                    + " pixels but decodes to " + image.width() + " x " + image.height() + ".");
        }
        return image;
    }

    /**
     * Reads a picture's header and holds it against the limit, without decoding.
     *
     * @throws ImageException if it is neither JPEG nor PNG nor BMP, declares more pixels than the limit, or is a strip with one
     *     side more than 256 times the other
     */
    public ImageHeader header(byte[] encoded) {
        ImageHeader header = ImageHeader.of(encoded);
        if (header.pixels() > maximumPixels) {
            throw new ImageException("The picture declares " + header.width() + " x " + header.height()
                    + " pixels, more than the limit of " + maximumPixels + ".");
        }
        // Scaling its short side to a network's input would multiply the long one as well.
        long shorter = Math.min(header.width(), header.height());
        if (Math.max(header.width(), header.height()) > shorter * LARGEST_RATIO) {
            throw new ImageException("The picture declares " + header.width() + " x " + header.height()
                    + " pixels: one side is more than " + LARGEST_RATIO + " times the other.");
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
            throw new ImageException("The picture is cut off: the PNG has no end chunk.");
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
                throw new ImageException("OpenCV could not encode " + image + " as " + extension + ".");
            }
            byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(bytes);
            return bytes;
        }
    }

    private static void refuseCutOff(byte[] encoded, ImageHeader header) {
        if (header.format() == ImageHeader.Format.JPEG && !new JpegSegments(encoded).isWhole()) {
            throw new ImageException("The picture is cut off: the JPEG has no end marker.");
        }
    }

    /** What libjpeg decodes without a word on standard error. */
    private static byte[] soundJpeg(byte[] encoded) {
        JpegScans scans = new JpegScans(encoded);
        scans.damage().ifPresent(damage -> {
            throw new ImageException("The picture is damaged: " + damage + ".");
        });
        return scans.withoutStrayBytes();
    }

    private static RgbImage decodeNatively(byte[] encoded, ImageHeader.Format format) {
        try (BytePointer data = new BytePointer(encoded);
                Mat input = new Mat(1, encoded.length, opencv_core.CV_8UC1, data);
                Mat mat = opencv_imgcodecs.imdecode(input, READ_MODE)) {
            if (mat.empty()) {
                throw new ImageException("The picture is damaged: it begins as a " + format + " but does not decode.");
            }
            byte[] rgb = new byte[mat.rows() * mat.cols() * RgbImage.CHANNELS];
            try (BytePointer pixels = mat.data()) {
                pixels.get(rgb);
            }
            return new RgbImage(mat.cols(), mat.rows(), rgb);
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            // OpenCV's own messages quote its source lines; the cause keeps them for whoever looks.
            throw new ImageException("The picture is damaged: OpenCV cannot decode this " + format + ".", e);
        }
    }

    private static byte[] swapRedAndBlue(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
            byte first = pixels[i];
            pixels[i] = pixels[i + 2];
            pixels[i + 2] = first;
        }
        return pixels;
    }
}
