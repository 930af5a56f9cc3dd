package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.CropDecoder;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.image.NormalizedPlanes;
import io.github.resnetspark.image.NormalizedPlanes.Direction;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.RgbImage.Crop;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * {@link Augmentation#RANDOM_RESIZED_CROP} (Szegedy et al., Going Deeper with Convolutions, as torchvision does
 * it): 8 % to 100 % of the area, width to height between 3/4 and 4/3, anywhere in the picture.
 */
final class RandomResizedCrop implements Augmentation.Framing {
    private static final double SMALLEST_AREA = 0.08;
    private static final double NARROWEST = 3.0 / 4.0;
    private static final double WIDEST = 4.0 / 3.0;
    private static final int ATTEMPTS = 10;

    private final ImageCodec codec = new ImageCodec();
    private final NormalizedPlanes planes;
    private final CropDecoder crops;

    RandomResizedCrop(Preprocessing preprocessing) {
        this.planes = new NormalizedPlanes(preprocessing.inputSize(), preprocessing.normalization());
        this.crops = new CropDecoder(preprocessing.inputSize());
    }

    @Override
    public void write(
            byte[] encoded,
            Optional<Direction> given,
            Consumer<RgbImage> changes,
            SplittableRandom random,
            float[] batch,
            int offset) {
        ImageHeader header = codec.header(encoded);
        Crop crop = draw(header.width(), header.height(), random);
        // Always drawn, so that the numbers of what follows do not depend on it.
        Direction drawn = Direction.drawn(random);
        RgbImage image = crops.decode(encoded, header, crop);
        changes.accept(image);
        planes.write(image, 0, 0, given.orElse(drawn), batch, offset);
    }

    @Override
    public void close() {
        crops.close();
    }

    /** Draws a rectangle of a picture of that size. */
    static Crop draw(int width, int height, SplittableRandom random) {
        double area = (double) width * height;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double target = area * between(SMALLEST_AREA, 1, random);
            double ratio = Math.exp(between(Math.log(NARROWEST), Math.log(WIDEST), random));
            int cropWidth = (int) Math.rint(Math.sqrt(target * ratio));
            int cropHeight = (int) Math.rint(Math.sqrt(target / ratio));
            if (cropWidth > 0 && cropWidth <= width && cropHeight > 0 && cropHeight <= height) {
                int top = random.nextInt(height - cropHeight + 1);
                int left = random.nextInt(width - cropWidth + 1);
                return new Crop(left, top, cropWidth, cropHeight);
            }
        }
        return largestInTheMiddle(width, height);
    }

    private static Crop largestInTheMiddle(int width, int height) {
        double ratio = (double) width / height;
        int cropWidth = width;
        int cropHeight = height;
        if (ratio < NARROWEST) {
            cropHeight = Math.max(1, (int) Math.rint(width / NARROWEST));
        } else if (ratio > WIDEST) {
            cropWidth = Math.max(1, (int) Math.rint(height * WIDEST));
        }
        return new Crop((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight);
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
