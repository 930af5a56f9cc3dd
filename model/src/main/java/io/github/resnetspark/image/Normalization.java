package io.github.resnetspark.image;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Normalises each channel: {@code (v / 255 - mean) / std}.
 *
 * @param mean red, green, blue, on a 0..1 scale
 * @param std red, green, blue, on a 0..1 scale, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // Three floats, copied on the way in and out.
public record Normalization(float[] mean, float[] std) implements Serializable {
    /** The values that ImageNet networks are usually trained with. */
    public static final Normalization IMAGENET =
            new Normalization(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    public Normalization {
        if (mean.length != RgbImage.CHANNELS || std.length != RgbImage.CHANNELS) {
            throw new IllegalArgumentException("Mean and std have " + mean.length + " and " + std.length
                    + " values but a picture has 3 channels. Set one value each for red, green and blue.");
        }
        mean = mean.clone();
        std = std.clone();
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            if (!(mean[channel] >= 0 && mean[channel] <= 1) || !(std[channel] > 0 && std[channel] <= 1)) {
                throw new IllegalArgumentException("Mean " + Arrays.toString(mean) + " and std " + Arrays.toString(std)
                        + " are not on a 0..1 scale with every std above 0. Divide values on a 0..255 scale by 255.");
            }
        }
    }

    /** Creates one from the values of a manifest or a recipe. */
    public static Normalization of(List<Double> mean, List<Double> std) {
        return new Normalization(floats(mean), floats(std));
    }

    private static float[] floats(List<Double> figures) {
        float[] floats = new float[figures.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = figures.get(i).floatValue();
        }
        return floats;
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] std() {
        return std.clone();
    }

    /** {@code [3 * 256]}: the normalised value of every byte value, red's 256 first. */
    float[] table() {
        float[] table = new float[RgbImage.CHANNELS << 8];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) (((i & 0xff) / 255.0 - mean[i >> 8]) / std[i >> 8]);
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization that && Arrays.equals(mean, that.mean) && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "Normalization[mean=" + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]";
    }
}
