package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.EvaluationTransform;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which part of a training picture the network sees, and which way round. A new one is a {@link Framing} in a file of its own,
 * and a line here.
 */
public enum Augmentation {
    /** Not at all: what evaluation does. */
    NONE(WholePicture::new),
    /**
     * CIFAR's: 4 pixels of padding on each side, a random crop of the input size out of it, a horizontal flip half of
     * the time. The padding is 0 after normalisation, so it is the channel's mean: He et al. pad the picture from which the
     * mean is already subtracted. A picture of another size is scaled to the input size first, by its short side.
     */
    PAD_CROP_FLIP(PadCropFlip::new),
    /** ImageNet's: 8 % to 100 % of the area, width to height between 3/4 and 4/3, a flip half of the time. */
    RANDOM_RESIZED_CROP(RandomResizedCrop::new);

    @SuppressWarnings("ImmutableEnumChecker") // A reference to a constructor.
    private final Function<Preprocessing, Framing> framing;

    Augmentation(Function<Preprocessing, Framing> framing) {
        this.framing = framing;
    }

    /** What does it, for one thread. */
    Framing framing(Preprocessing preprocessing) {
        return framing.apply(preprocessing);
    }

    /** Decodes a picture and writes what the network sees of it. For one thread. */
    interface Framing extends AutoCloseable {
        /**
         * Writes one picture.
         *
         * @param changes of pixels: given those that are seen, once all that this draws is drawn
         * @param batch {@code [N, 3, S, S]}
         * @param offset where the picture begins
         */
        void write(byte[] encoded, Consumer<RgbImage> changes, SplittableRandom random, float[] batch, int offset);

        /** Gives native memory back, where there is any. */
        @Override
        default void close() {}
    }

    /** As evaluation does it. */
    private static final class WholePicture implements Framing {
        private final ImageCodec codec = new ImageCodec();
        private final EvaluationTransform evaluation;

        WholePicture(Preprocessing preprocessing) {
            this.evaluation = new EvaluationTransform(preprocessing);
        }

        @Override
        public void write(
                byte[] encoded, Consumer<RgbImage> changes, SplittableRandom random, float[] batch, int offset) {
            RgbImage image = codec.decodeStored(encoded);
            changes.accept(image);
            evaluation.apply(image, batch, offset);
        }
    }
}
