package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.NormalizedPlanes;
import io.github.resnetspark.image.NormalizedPlanes.Direction;
import io.github.resnetspark.image.OpenCv;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** {@link Augmentation#PAD_CROP_FLIP}: a window up to four pixels off the centre, which may extend beyond the edges. */
final class PadCropFlip implements Augmentation.Framing {
    private static final int PADDING = 4;

    private final ImageCodec codec = new ImageCodec();
    private final NormalizedPlanes planes;
    private final int size;

    PadCropFlip(Preprocessing preprocessing) {
        this.size = preprocessing.inputSize();
        this.planes = new NormalizedPlanes(size, preprocessing.normalization());
    }

    @Override
    public void write(
            byte[] encoded,
            Optional<Direction> given,
            Consumer<RgbImage> changes,
            SplittableRandom random,
            float[] batch,
            int offset) {
        RgbImage resized = OpenCv.resizeShortSide(codec.decodeStored(encoded), size);
        int left = (resized.width() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        int top = (resized.height() - size) / 2 + random.nextInt(2 * PADDING + 1) - PADDING;
        // Always drawn, so that the numbers of what follows do not depend on it.
        Direction drawn = Direction.drawn(random);
        changes.accept(resized);
        planes.write(resized, left, top, given.orElse(drawn), batch, offset);
    }
}
