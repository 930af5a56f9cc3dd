package io.github.resnetspark.onnx;

import io.github.resnetspark.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures for comparing two forms of a network: mosaics of random colours with tiles of 1 to 16 pixels. */
final class ComparisonPictures {
    private static final int COUNT = 8;
    private static final long SEED = 20_151_210;

    private ComparisonPictures() {}

    /** Returns eight pictures of the given side, always the same. */
    static List<RgbImage> of(int side) {
        Random random = new Random(SEED);
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            pictures.add(mosaic(side, Math.min(side, 1 << i % 5), random));
        }
        return pictures;
    }

    private static RgbImage mosaic(int side, int tile, Random random) {
        int tiles = (side + tile - 1) / tile;
        byte[] colours = new byte[tiles * tiles * RgbImage.CHANNELS];
        random.nextBytes(colours);
        byte[] pixels = new byte[side * side * RgbImage.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % RgbImage.CHANNELS;
            int column = i / RgbImage.CHANNELS % side;
            int row = i / RgbImage.CHANNELS / side;
            pixels[i] = colours[(row / tile * tiles + column / tile) * RgbImage.CHANNELS + channel];
        }
        return new RgbImage(side, side, pixels);
    }
}
