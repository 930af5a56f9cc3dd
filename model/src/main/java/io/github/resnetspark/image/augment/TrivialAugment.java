package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.PictureOperation.Strengths;
import io.github.resnetspark.image.augment.PictureVariation.RandomChange;
import java.util.SplittableRandom;

/**
 * One random operation of a random magnitude on each picture (Müller and Hutter, "TrivialAugment: Tuning-free Yet State-of-the-Art
 * Data Augmentation", 2021), with the wide ranges of torchvision's {@code TrivialAugmentWide}.
 */
public record TrivialAugment() implements RandomChange {
    private static final Strengths WIDE = new Strengths(0.99, 32, 32, 135, 0.99, 6);
    private static final PictureOperation[] OPERATIONS = PictureOperation.values();

    @Override
    public void apply(RgbImage image, SplittableRandom random) {
        PictureOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
        double magnitude = operation.magnitude(random.nextInt(PictureOperation.BINS), WIDE);
        boolean isNegative = random.nextBoolean();
        operation.apply(image, isNegative && operation.isSigned() ? -magnitude : magnitude);
    }
}
