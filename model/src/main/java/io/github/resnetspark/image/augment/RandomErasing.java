package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.RgbImage.Crop;
import io.github.resnetspark.image.augment.PictureVariation.RandomChange;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Erases a rectangle of a normalised picture (Zhong et al., Random Erasing Data Augmentation, as torchvision does it): 2 % to 33 %
 * of the area, height to width between 0.3 and 3.3. Erased values are 0, which is the channel's mean.
 *
 * @param probability that a picture gets a rectangle, 0 to 1
 */
public record RandomErasing(double probability) implements RandomChange {
    /** Erases nothing and draws no random numbers. */
    public static final RandomErasing NONE = new RandomErasing(0);

    private static final double SMALLEST_AREA = 0.02;
    private static final double LARGEST_AREA = 0.33;
    private static final double LOWEST = 0.3;
    private static final double HIGHEST = 3.3;
    private static final int ATTEMPTS = 10;

    public RandomErasing {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("The probability of random erasing is " + probability
                    + " but must be between 0 and 1. Set data.random-erasing to e.g. 0.1.");
        }
    }

    @Override
    public void apply(float[] batch, int offset, int size, SplittableRandom random) {
        if (probability > 0 && random.nextDouble() < probability) {
            draw(size, random).ifPresent(part -> erase(batch, offset, size, part));
        }
    }

    /** A rectangle, or empty if none of ten attempts fits. */
    static Optional<Crop> draw(int size, SplittableRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = (double) size * size * random.nextDouble(SMALLEST_AREA, LARGEST_AREA);
            double ratio = Math.exp(random.nextDouble(Math.log(LOWEST), Math.log(HIGHEST)));
            int height = (int) Math.rint(Math.sqrt(area * ratio));
            int width = (int) Math.rint(Math.sqrt(area / ratio));
            if (height < size && width < size) {
                int top = random.nextInt(size - height + 1);
                int left = random.nextInt(size - width + 1);
                return Optional.of(new Crop(left, top, width, height));
            }
        }
        return Optional.empty();
    }

    static void erase(float[] batch, int offset, int size, Crop part) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            for (int y = part.top(); y < part.bottom(); y++) {
                int row = offset + (channel * size + y) * size;
                Arrays.fill(batch, row + part.left(), row + part.right(), 0f);
            }
        }
    }
}
