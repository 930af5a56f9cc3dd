package io.github.resnetspark.source;

import io.github.resnetspark.image.RgbImage;

/** A record of CIFAR-10's binary version: a label byte, then 32 × 32 red, green and blue bytes, each row by row. */
final class Cifar10Record {
    static final int SIDE = 32;
    static final int CLASSES = 10;
    static final int LENGTH = 1 + RgbImage.CHANNELS * SIDE * SIDE;

    private Cifar10Record() {}

    static int label(byte[] record) {
        return record[0] & 0xff;
    }

    static RgbImage image(byte[] record) {
        int plane = SIDE * SIDE;
        byte[] pixels = new byte[RgbImage.CHANNELS * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                pixels[i * RgbImage.CHANNELS + channel] = record[1 + channel * plane + i];
            }
        }
        return new RgbImage(SIDE, SIDE, pixels);
    }
}
