package io.github.resnetspark.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.NodeList;

/** Creates JPEGs of kinds that OpenCV does not write. */
final class JpegVariants {
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private JpegVariants() {}

    /** A baseline JPEG with one colour sample for {@code across} × {@code down} pixels. */
    static byte[] sampled(RgbImage image, int across, int down) {
        return write(image, across, down, ImageWriteParam.MODE_DISABLED);
    }

    static byte[] progressive(RgbImage image) {
        return write(image, 2, 2, ImageWriteParam.MODE_DEFAULT);
    }

    private static byte[] write(RgbImage image, int across, int down, int progressiveMode) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int rgb = (image.pixels()[3 * i] & 0xff) << 16
                    | (image.pixels()[3 * i + 1] & 0xff) << 8
                    | (image.pixels()[3 * i + 2] & 0xff);
            buffered.setRGB(i % image.width(), i / image.width(), rgb);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progressiveMode);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(buffered), parameters);
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
            NodeList components = root.getElementsByTagName("componentSpec");
            ((IIOMetadataNode) components.item(0)).setAttribute("HsamplingFactor", Integer.toString(across));
            ((IIOMetadataNode) components.item(0)).setAttribute("VsamplingFactor", Integer.toString(down));
            metadata.setFromTree(METADATA, root);
            writer.write(null, new IIOImage(buffered, null, metadata), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
