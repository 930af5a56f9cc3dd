package io.github.resnetspark.intake;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Unusual kinds of pictures that real data sets contain. Each has a uniform colour. */
public final class OddPictures {
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;

    private OddPictures() {}

    /** An ordinary JPEG. */
    public static byte[] jpeg(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new ImageCodec().encodeJpeg(new RgbImage(width, height, pixels), 95);
    }

    /** A CMYK JPEG as Adobe writes it: inks are inverted, so 255 means no ink. */
    public static byte[] cmyk(int width, int height, int... inks) throws IOException {
        return withSegment(fourBands(width, height, inks), APP14, adobe(0));
    }

    /** A YCCK JPEG as Adobe writes it. */
    public static byte[] ycck(int width, int height, int... samples) throws IOException {
        return withSegment(fourBands(width, height, samples), APP14, adobe(2));
    }

    public static byte[] greyJpeg(int width, int height, int grey) throws IOException {
        return encoded("jpg", filled(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), grey));
    }

    public static byte[] deepPng(int width, int height, int grey) throws IOException {
        return encoded("png", filled(new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY), grey));
    }

    /** Red, green, blue, alpha. */
    public static byte[] transparentPng(int width, int height, int... samples) throws IOException {
        return encoded("png", filled(new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR), samples));
    }

    public static byte[] bmp(int width, int height, int... samples) throws IOException {
        return encoded("bmp", filled(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), samples));
    }

    /** A JPEG whose EXIF orientation requests a quarter turn. */
    public static byte[] turned(byte[] jpeg) {
        byte[] exif = {
            'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0,
            0, 0
        };
        return withSegment(jpeg, APP1, exif);
    }

    /** A JPEG with an invalid colour profile. */
    public static byte[] brokenProfile(byte[] jpeg) {
        byte[] profile = Arrays.copyOf("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1), 90);
        Arrays.fill(profile, 14, 90, (byte) 0x5a);
        return withSegment(jpeg, APP2, profile);
    }

    /** A JPEG of a few hundred bytes that declares 65,500 × 65,500 pixels. */
    public static byte[] bomb() {
        byte[] jpeg = jpeg(16, 16, 1, 2, 3);
        int frame = 2;
        while ((jpeg[frame + 1] & 0xff) != 0xc0) {
            frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | (jpeg[frame + 3] & 0xff));
        }
        for (int at = frame + 5; at < frame + 9; at += 2) {
            jpeg[at] = (byte) (65_500 >> 8);
            jpeg[at + 1] = (byte) 65_500;
        }
        return jpeg;
    }

    private static byte[] fourBands(int width, int height, int... samples) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        fill(raster, samples);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] adobe(int transform) {
        return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.write(0xff);
        bytes.write(marker);
        bytes.write((content.length + 2) >> 8);
        bytes.write(content.length + 2);
        bytes.writeBytes(content);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    private static BufferedImage filled(BufferedImage image, int... samples) {
        fill(image.getRaster(), samples);
        return image;
    }

    private static void fill(WritableRaster raster, int... samples) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                raster.setPixel(x, y, samples);
            }
        }
    }

    private static byte[] encoded(String format, BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("No writer for " + format);
        }
        return bytes.toByteArray();
    }
}
