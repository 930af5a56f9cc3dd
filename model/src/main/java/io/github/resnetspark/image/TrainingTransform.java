package io.github.resnetspark.image;

import java.util.SplittableRandom;

/**
 * Decoded pictures to a network's input, varied by an {@link Augmentation}. What is drawn depends on the seed of each
 * call and on nothing else, so a batch is the same whichever threads made it.
 */
public final class TrainingTransform {
    private static final int PADDING = 4;

    private final Augmentation augmentation;
    private final int size;
    private final EvaluationTransform evaluation;
    private final NormalizedPlanes planes;
    private final Resampler resampler = new Resampler();

    public TrainingTransform(Augmentation augmentation, Preprocessing preprocessing) {
        this.augmentation = augmentation;
        this.size = preprocessing.inputSize();
        this.evaluation = new EvaluationTransform(preprocessing);
        this.planes = new NormalizedPlanes(size, preprocessing.normalization());
    }

    /**
     * Writes one picture.
     *
     * @param image of any size
     * @param seed the source of all randomness of this picture; mix the run's seed, the epoch and the example into it
     * @param batch {@code [N, 3, S, S]}
     * @param offset where the picture begins: its number in the batch times {@link Preprocessing#inputLength}
     */
    public void apply(RgbImage image, long seed, float[] batch, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        switch (augmentation) {
            case NONE -> evaluation.apply(image, batch, offset);
            case PAD_CROP_FLIP -> padCropFlip(image, random, batch, offset);
            case RANDOM_RESIZED_CROP -> randomResizedCrop(image, random, batch, offset);
        }
    }

    private void padCropFlip(RgbImage image, SplittableRandom random, float[] batch, int offset) {
        RgbImage resized = resampler.resizeShortSide(image, size);
        int left = (resized.width() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        int top = (resized.height() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        planes.write(resized, left, top, direction(random), batch, offset);
    }

    private void randomResizedCrop(RgbImage image, SplittableRandom random, float[] batch, int offset) {
        Crop crop = RandomResizedCrop.draw(image.width(), image.height(), random);
        planes.write(resampler.resize(image, crop, size, size), 0, 0, direction(random), batch, offset);
    }

    private static NormalizedPlanes.Direction direction(SplittableRandom random) {
        return random.nextBoolean() ? NormalizedPlanes.Direction.MIRRORED : NormalizedPlanes.Direction.AS_STORED;
    }
}
