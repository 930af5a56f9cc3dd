package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.PictureOperation.Strengths;
import io.github.resnetspark.image.augment.PictureVariation.RandomChange;
import java.util.SplittableRandom;

/**
 * Some random operations of one magnitude on each picture, one after another (Cubuk et al., "RandAugment: Practical Automated Data
 * Augmentation with a Reduced Search Space", 2019), with the ranges of torchvision's {@code RandAugment}.
 *
 * @param operations for each picture, at least 1
 * @param magnitude of all of them, 0 to 30
 */
public record RandAugment(int operations, int magnitude) implements RandomChange {
    /** The strongest magnitude. */
    public static final int STRONGEST = PictureOperation.BINS - 1;

    private static final double LARGEST_SHIFT = 150.0 / 331.0;
    private static final PictureOperation[] OPERATIONS = PictureOperation.values();

    public RandAugment {
        if (operations < 1 || magnitude < 0 || magnitude > STRONGEST) {
            throw new IllegalArgumentException("RandAugment is [" + operations + ", " + magnitude
                    + "] but must be at least one operation and a magnitude between 0 and " + STRONGEST
                    + ". Set data.rand-augment to e.g. [2, 9].");
        }
    }

    @Override
    public void apply(RgbImage image, SplittableRandom random) {
        Strengths strengths =
                new Strengths(0.3, LARGEST_SHIFT * image.width(), LARGEST_SHIFT * image.height(), 30, 0.9, 4);
        for (int i = 0; i < operations; i++) {
            PictureOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
            double strength = operation.magnitude(magnitude, strengths);
            boolean isNegative = random.nextBoolean();
            operation.apply(image, isNegative && operation.isSigned() ? -strength : strength);
        }
    }
}
