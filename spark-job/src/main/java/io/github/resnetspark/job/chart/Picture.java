package io.github.resnetspark.job.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Panels side by side, readable at the width of a README.
 *
 * @param title describes the picture, for screen readers
 * @param panels from left to right, at least one
 */
public record Picture(String title, List<? extends Panel> panels) {
    private static final int PANEL_WIDTH = 480;
    private static final int SINGLE_WIDTH = 720;
    /** Pixels of the PNG per pixel of the drawing, for high-resolution screens. */
    private static final int DENSITY = 2;

    public Picture {
        panels = List.copyOf(panels);
    }

    /** The picture as an SVG document in UTF-8, with its title and all labels also as text. */
    public byte[] svg() throws IOException {
        VectorGraphics2D graphics = new VectorGraphics2D();
        paint(graphics);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SVGProcessor()
                .getDocument(graphics.getCommands(), new PageSize(0.0, 0.0, width(), height()))
                .writeTo(out);
        return SvgText.labelled(out.toString(StandardCharsets.UTF_8), title, description())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The picture as a PNG file, with two pixels per pixel of the drawing. */
    public byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(DENSITY * width(), DENSITY * height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(DENSITY, DENSITY);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            paint(graphics);
        } finally {
            graphics.dispose();
        }
        return encoded(image);
    }

    /** With the best compression, because these pictures become part of documents. */
    private static byte[] encoded(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private void paint(Graphics2D graphics) {
        int width = width() / panels.size();
        int height = height();
        for (Panel panel : panels) {
            panel.chart(width, height).paint(graphics, width, height);
            graphics.translate(width, 0);
        }
    }

    private int width() {
        return panels.size() == 1 ? SINGLE_WIDTH : panels.size() * PANEL_WIDTH;
    }

    private int height() {
        return panels.stream().mapToInt(Panel::height).max().orElseThrow();
    }

    private String description() {
        return panels.stream()
                .map(panel -> panel.title() + ": " + panel.description())
                .collect(Collectors.joining("; "));
    }

    /** One of the charts of a picture. */
    public interface Panel {
        /** The title above it. */
        String title();

        /** All its text, for screen readers. */
        String description();

        /** Its height, in pixels of the drawing. */
        int height();

        /** The chart to paint. */
        Chart<?, ?> chart(int width, int height);
    }
}
