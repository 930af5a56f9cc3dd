package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.RgbImage;

/**
 * The operations on one picture that {@link TrivialAugment} and {@link RandAugment} draw from, each with the same result as
 * Pillow's. {@code Invert}, {@code Cutout} and {@code SamplePairing} of AutoAugment (Cubuk et al. 2018) are not among them, as in
 * torchvision.
 */
enum PictureOperation {
    IDENTITY,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE,
    BRIGHTNESS,
    COLOR,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE;

    /** Bins that a magnitude is drawn from: 0 is the weakest, 30 the strongest. */
    static final int BINS = 31;

    private static final int STRONGEST = BINS - 1;
    private static final int VALUE_BITS = 8;

    /**
     * The magnitude of the strongest bin of each operation.
     *
     * @param shear slope
     * @param translateX pixels
     * @param translateY pixels
     * @param rotate degrees
     * @param enhance distance from 1 of the factor of brightness, colour, contrast and sharpness
     * @param posterize bits that are removed
     */
    record Strengths(
            double shear, double translateX, double translateY, double rotate, double enhance, int posterize) {}

    /** Whether the magnitude has a random sign. */
    boolean isSigned() {
        return switch (this) {
            case SHEAR_X, SHEAR_Y, TRANSLATE_X, TRANSLATE_Y, ROTATE, BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> true;
            case IDENTITY, POSTERIZE, SOLARIZE, AUTO_CONTRAST, EQUALIZE -> false;
        };
    }

    /**
     * The magnitude of a bin, evenly spaced from no effect to the strongest.
     *
     * @param bin 0 to 30
     */
    double magnitude(int bin, Strengths strengths) {
        return switch (this) {
            case SHEAR_X, SHEAR_Y -> spaced(strengths.shear, bin);
            case TRANSLATE_X -> spaced(strengths.translateX, bin);
            case TRANSLATE_Y -> spaced(strengths.translateY, bin);
            case ROTATE -> spaced(strengths.rotate, bin);
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> spaced(strengths.enhance, bin);
            case POSTERIZE -> VALUE_BITS - Math.rint((double) bin * strengths.posterize / STRONGEST);
            case SOLARIZE -> 255 - spaced(255, bin);
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
        };
    }

    /** In single precision and from both ends, as PyTorch's {@code linspace}. */
    private static double spaced(double most, int bin) {
        float step = (float) most / STRONGEST;
        return bin < BINS / 2 ? step * bin : (float) most - step * (STRONGEST - bin);
    }

    /**
     * Changes a picture in place.
     *
     * @param magnitude of {@link #magnitude}, negative for the other direction if it is signed
     */
    void apply(RgbImage image, double magnitude) {
        byte[] pixels = image.pixels();
        switch (this) {
            case IDENTITY -> {}
            case SHEAR_X -> PillowShapes.shearX(image, magnitude);
            case SHEAR_Y -> PillowShapes.shearY(image, magnitude);
            case TRANSLATE_X -> PillowShapes.translate(image, (int) magnitude, 0);
            case TRANSLATE_Y -> PillowShapes.translate(image, 0, (int) magnitude);
            case ROTATE -> PillowShapes.rotate(image, magnitude);
            case BRIGHTNESS -> PillowColors.brightness(pixels, 1 + magnitude);
            case COLOR -> PillowColors.saturation(pixels, 1 + magnitude);
            case CONTRAST -> PillowColors.contrast(pixels, 1 + magnitude);
            case SHARPNESS -> PillowColors.sharpness(image, 1 + magnitude);
            case POSTERIZE -> PillowTones.posterize(pixels, (int) magnitude);
            case SOLARIZE -> PillowTones.solarize(pixels, magnitude);
            case AUTO_CONTRAST -> PillowTones.autoContrast(pixels);
            case EQUALIZE -> PillowTones.equalize(pixels);
        }
    }
}
