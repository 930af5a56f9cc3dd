package io.github.resnetspark.image;

import java.util.OptionalInt;

/**
 * A picture of any depth, and what was made of it.
 *
 * @param image with 8 bits per sample
 * @param usedBits how many bits the largest sample needs, 1 to 16, where samples have 16
 */
public record DecodedPicture(RgbImage image, OptionalInt usedBits) {}
