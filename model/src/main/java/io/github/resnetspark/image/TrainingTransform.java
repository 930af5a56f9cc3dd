package io.github.resnetspark.image;

import java.util.SplittableRandom;

/**
 * Stored pictures to a network's input, varied by a {@link PictureVariation}. What is drawn depends on the seed of each
 * call and on nothing else, so a batch is the same whichever threads made it.
 *
 * <p>Unlike the rest of this package it is for one thread, as it keeps native memory from picture to picture.
 */
public final class TrainingTransform implements AutoCloseable {
    private static final int PADDING = 4;

    private final PictureVariation variation;
    private final int size;
    private final ImageCodec codec = new ImageCodec();
    private final EvaluationTransform evaluation;
    private final NormalizedPlanes planes;
    private final Resampler resampler = new Resampler();
    private final CropDecoder crops;

    public TrainingTransform(PictureVariation variation, Preprocessing preprocessing) {
        this.variation = variation;
        this.size = preprocessing.inputSize();
        this.evaluation = new EvaluationTransform(preprocessing);
        this.planes = new NormalizedPlanes(size, preprocessing.normalization());
        this.crops = new CropDecoder(size);
    }

    /**
     * Decodes and writes one picture.
     *
     * @param encoded as {@link ImageCodec#decode} reads it
     * @param seed the source of all randomness of this picture; mix the run's seed, the epoch and the example into it
     * @param batch {@code [N, 3, S, S]}
     * @param offset where the picture begins: its number in the batch times {@link Preprocessing#inputLength}
     * @throws ImageException if it cannot be decoded
     */
    public void apply(byte[] encoded, long seed, float[] batch, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        switch (variation.augmentation()) {
            case NONE -> evaluation.apply(jittered(codec.decodeStored(encoded), random), batch, offset);
            case PAD_CROP_FLIP -> padCropFlip(codec.decodeStored(encoded), random, batch, offset);
            case RANDOM_RESIZED_CROP -> randomResizedCrop(encoded, random, batch, offset);
        }
        variation.erasing().apply(batch, offset, size, random);
    }

    private void padCropFlip(RgbImage image, SplittableRandom random, float[] batch, int offset) {
        RgbImage resized = resampler.resizeShortSide(image, size);
        int left = (resized.width() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        int top = (resized.height() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        NormalizedPlanes.Direction direction = direction(random);
        planes.write(jittered(resized, random), left, top, direction, batch, offset);
    }

    private void randomResizedCrop(byte[] encoded, SplittableRandom random, float[] batch, int offset) {
        ImageHeader header = codec.header(encoded);
        Crop crop = RandomResizedCrop.draw(header.width(), header.height(), random);
        NormalizedPlanes.Direction direction = direction(random);
        planes.write(jittered(crops.decode(encoded, header, crop), random), 0, 0, direction, batch, offset);
    }

    /** The picture itself, whose pixels nobody else sees. */
    private RgbImage jittered(RgbImage image, SplittableRandom random) {
        variation.jitter().apply(image, random);
        return image;
    }

    private static NormalizedPlanes.Direction direction(SplittableRandom random) {
        return random.nextBoolean() ? NormalizedPlanes.Direction.MIRRORED : NormalizedPlanes.Direction.AS_STORED;
    }

    /** Gives the native memory back. */
    @Override
    public void close() {
        crops.close();
    }
}
