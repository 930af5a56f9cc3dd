package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.EvaluationTransform;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.NormalizedPlanes.Direction;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Selects the part of a training picture that the network sees, and whether it is mirrored. To add one, write a {@link Framing} and
 * add a constant here.
 */
public enum Augmentation {
    /** No augmentation: the same as evaluation. */
    NONE(WholePicture::new),
    /**
     * For CIFAR: 4 pixels of padding on each side, a random crop of the input size, and a horizontal flip with probability
     * 1/2. The padding is 0 after normalisation, which is the channel's mean: He et al. pad after subtracting the mean. A picture
     * of another size is first scaled so that its short side has the input size.
     */
    PAD_CROP_FLIP(PadCropFlip::new),
    /** For ImageNet: 8 % to 100 % of the area, width to height between 3/4 and 4/3, a flip with probability 1/2. */
    RANDOM_RESIZED_CROP(RandomResizedCrop::new);

    @SuppressWarnings("ImmutableEnumChecker") // A reference to a constructor.
    private final Function<Preprocessing, Framing> framing;

    Augmentation(Function<Preprocessing, Framing> framing) {
        this.framing = framing;
    }

    /** The implementation, for one thread. */
    Framing framing(Preprocessing preprocessing) {
        return framing.apply(preprocessing);
    }

    /** Decodes a picture and writes the part that the network sees. Not thread-safe. */
    interface Framing extends AutoCloseable {
        /**
         * Writes one picture.
         *
         * @param given whether to mirror the picture; drawn if it is empty
         * @param changes changes pixels in place; called after this has drawn all of its random numbers
         * @param batch {@code [N, 3, S, S]}
         * @param offset of the picture in the batch
         */
        void write(
                byte[] encoded,
                Optional<Direction> given,
                Consumer<RgbImage> changes,
                SplittableRandom random,
                float[] batch,
                int offset);

        /** Frees native memory, if there is any. */
        @Override
        default void close() {}
    }

    /** The same as evaluation. */
    private static final class WholePicture implements Framing {
        private final ImageCodec codec = new ImageCodec();
        private final EvaluationTransform evaluation;

        WholePicture(Preprocessing preprocessing) {
            this.evaluation = new EvaluationTransform(preprocessing);
        }

        @Override
        public void write(
                byte[] encoded,
                Optional<Direction> given,
                Consumer<RgbImage> changes,
                SplittableRandom random,
                float[] batch,
                int offset) {
            RgbImage image = codec.decodeStored(encoded);
            changes.accept(image);
            evaluation.apply(image, batch, offset);
        }
    }
}
