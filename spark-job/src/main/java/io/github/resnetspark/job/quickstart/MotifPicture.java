package io.github.resnetspark.job.quickstart;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Draws one picture of a motif with random position, size, rotation, colours and noise. */
final class MotifPicture {
    /** The side in pixels. */
    static final int SIZE = 32;

    private static final double LEAST_CONTRAST = 70;

    private final SplittableRandom random;

    MotifPicture(SplittableRandom random) {
        this.random = random;
    }

    /** An RGB picture of {@link #SIZE} × {@link #SIZE} pixels. */
    BufferedImage draw(Motif motif) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Color background = colour();
        paintBackground(graphics, background);
        graphics.setColor(contrasting(background));
        graphics.transform(place(motif));
        motif.draw(graphics);
        graphics.dispose();
        addNoise(image);
        return image;
    }

    private void paintBackground(Graphics2D graphics, Color colour) {
        double angle = random.nextDouble(2 * Math.PI);
        float x = (float) (SIZE / 2.0 * Math.cos(angle));
        float y = (float) (SIZE / 2.0 * Math.sin(angle));
        float middle = SIZE / 2f;
        double shade = random.nextDouble(0.75, 1);
        Color darker = new Color(
                (int) (colour.getRed() * shade), (int) (colour.getGreen() * shade), (int) (colour.getBlue() * shade));
        graphics.setPaint(new GradientPaint(middle - x, middle - y, colour, middle + x, middle + y, darker));
        graphics.fillRect(0, 0, SIZE, SIZE);
    }

    private AffineTransform place(Motif motif) {
        double size = motif.isTexture() ? random.nextDouble(5, 10) : random.nextDouble(7, 13);
        double play = motif.isTexture() ? SIZE / 2.0 : SIZE / 2.0 - size;
        AffineTransform place = AffineTransform.getTranslateInstance(
                SIZE / 2.0 + random.nextDouble(-play, play), SIZE / 2.0 + random.nextDouble(-play, play));
        place.rotate(random.nextDouble(2 * Math.PI));
        place.scale(size, size);
        return place;
    }

    private Color colour() {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    private Color contrasting(Color other) {
        Color colour = colour();
        while (Math.abs(brightness(colour) - brightness(other)) < LEAST_CONTRAST) {
            colour = colour();
        }
        return colour;
    }

    private static double brightness(Color colour) {
        return 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
    }

    private void addNoise(BufferedImage image) {
        double deviation = random.nextDouble(4, 20);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int pixel = image.getRGB(x, y);
                int noisy = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    long value = Math.round((pixel >> shift & 0xff) + deviation * random.nextGaussian());
                    noisy |= (int) Math.max(0, Math.min(255, value)) << shift;
                }
                image.setRGB(x, y, noisy);
            }
        }
    }
}
