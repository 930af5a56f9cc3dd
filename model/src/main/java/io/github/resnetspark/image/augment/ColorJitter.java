package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.PictureVariation.RandomChange;
import java.util.SplittableRandom;

/**
 * Varies the colours of a picture like torchvision's {@code ColorJitter} of a Pillow picture: brightness, contrast, saturation and
 * hue, in random order, each by a uniformly drawn factor and rounded like Pillow.
 *
 * @param brightness largest distance of the factor from 1, at least 0
 * @param contrast largest distance of the factor from 1, at least 0
 * @param saturation largest distance of the factor from 1, at least 0
 * @param hue largest rotation of the hue in parts of the colour circle, 0 to 0.5
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) implements RandomChange {
    /** Changes nothing and draws no random numbers. */
    public static final ColorJitter NONE = new ColorJitter(0, 0, 0, 0);

    private static final int STEPS = 4;

    public ColorJitter {
        if (!(brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException(
                    "The colour jitter is [" + brightness + ", " + contrast + ", " + saturation
                            + ", " + hue + "] but must be at least 0, and at most 0.5 for the hue. "
                            + "Set data.color-jitter to e.g. [0.4, 0.4, 0.4, 0.1].");
        }
    }

    @Override
    public void apply(RgbImage image, SplittableRandom random) {
        if (equals(NONE)) {
            return;
        }
        int[] order = new int[STEPS];
        for (int step = 0; step < STEPS; step++) {
            int other = random.nextInt(step + 1);
            order[step] = order[other];
            order[other] = step;
        }
        double brighter = factor(brightness, random);
        double stronger = factor(contrast, random);
        double fuller = factor(saturation, random);
        double turned = hue == 0 ? 0 : random.nextDouble(-hue, hue);
        byte[] pixels = image.pixels();
        for (int step : order) {
            switch (step) {
                case 0 -> PillowColors.brightness(pixels, brighter);
                case 1 -> PillowColors.contrast(pixels, stronger);
                case 2 -> PillowColors.saturation(pixels, fuller);
                default -> PillowColors.hue(pixels, turned);
            }
        }
    }

    private static double factor(double most, SplittableRandom random) {
        return most == 0 ? 1 : random.nextDouble(Math.max(0, 1 - most), 1 + most);
    }
}
