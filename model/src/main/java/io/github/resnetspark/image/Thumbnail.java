package io.github.resnetspark.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small pictures for web pages, as {@code data:} URIs. */
public final class Thumbnail {
    /** Longest side in pixels. */
    private static final int SIDE = 96;
    /** Smaller pictures stay as they are, without loss. */
    private static final int LOSSLESS = 64;

    private static final int LEVELS = 255;

    private Thumbnail() {}

    /**
     * A picture as a network sees it.
     *
     * @param input normalised, {@code [3, S, S]}
     * @param size S
     */
    public static String ofInput(float[] input, int size, Normalization normalization) {
        float[] mean = normalization.mean();
        float[] std = normalization.std();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        int plane = size * size;
        for (int pixel = 0; pixel < plane; pixel++) {
            int rgb = 0;
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                float value = input[channel * plane + pixel] * std[channel] + mean[channel];
                rgb = rgb << 8 | Math.max(0, Math.min(LEVELS, Math.round(value * LEVELS)));
            }
            image.setRGB(pixel % size, pixel / size, rgb);
        }
        return of(image);
    }

    /** A picture with the colours red, green and blue. */
    public static String of(BufferedImage image) {
        int longest = Math.max(image.getWidth(), image.getHeight());
        boolean small = longest <= LOSSLESS;
        BufferedImage scaled = longest <= SIDE ? image : scaled(image, (double) SIDE / longest);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(scaled, small ? "png" : "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/" + (small ? "png" : "jpeg") + ";base64,"
                + Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static BufferedImage scaled(BufferedImage image, double factor) {
        BufferedImage scaled = new BufferedImage(
                Math.max(1, (int) Math.round(image.getWidth() * factor)),
                Math.max(1, (int) Math.round(image.getHeight() * factor)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
        } finally {
            graphics.dispose();
        }
        return scaled;
    }
}
