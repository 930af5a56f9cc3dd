package io.github.resnetspark.job.input;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.job.input.MinibatchLoader.Minibatch;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Mixes each picture of a training minibatch with the one before it, and their labels in the same shares, as torchvision does. With
 * both kinds, each minibatch gets one of them by chance.
 *
 * @param mixup α of mixup (Zhang et al. 2017, "mixup: Beyond Empirical Risk Minimization"): all pixels are blended, by a share from
 *     Beta(α, α). 0 for none
 * @param cutmix α of CutMix (Yun et al. 2019): a rectangle is pasted, whose share of the area is drawn from Beta(α, α) and then
 *     clipped to the picture. 0 for none
 */
public record MinibatchVariation(double mixup, double cutmix) implements Serializable {
    /** Changes nothing. */
    public static final MinibatchVariation NONE = new MinibatchVariation(0, 0);

    public MinibatchVariation {
        if (!(mixup >= 0 && cutmix >= 0) || Double.isInfinite(mixup + cutmix)) {
            throw new IllegalArgumentException("The alpha of mixup is " + mixup + " and that of CutMix " + cutmix
                    + " but both must be at least 0. Set data.mixup to e.g. 0.2 and data.cutmix to e.g. 1.");
        }
    }

    /**
     * Changes a minibatch in place.
     *
     * @param random numbers of this minibatch
     */
    void apply(Minibatch minibatch, SplittableRandom random) {
        if ((mixup == 0 && cutmix == 0) || minibatch.size() < 2) {
            return;
        }
        boolean blends = cutmix == 0 || (mixup > 0 && random.nextBoolean());
        double alpha = blends ? mixup : cutmix;
        double share = new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
        if (blends) {
            blend(minibatch.pictures(), minibatch.size(), (float) share);
        } else {
            share = paste(minibatch.pictures(), minibatch.size(), Box.drawn(minibatch.side(), share, random));
        }
        blend(minibatch.labels(), minibatch.size(), (float) share);
    }

    /**
     * Blends each row with the one before it, and the first with the last.
     *
     * @param rows {@code [count, n]}
     * @param share of the row itself, 0 to 1
     */
    static void blend(float[] rows, int count, float share) {
        int length = rows.length / count;
        float[] last = Arrays.copyOfRange(rows, rows.length - length, rows.length);
        // Backwards, so that the row before is still unchanged.
        for (int i = rows.length - 1; i >= 0; i--) {
            float before = i < length ? last[i] : rows[i - length];
            rows[i] = share * rows[i] + (1 - share) * before;
        }
    }

    /**
     * Replaces a rectangle of each picture by that of the picture before it, and of the first by that of the last.
     *
     * @param pictures {@code [count, 3, S, S]}
     * @return the share of each picture that is its own
     */
    static double paste(float[] pictures, int count, Box box) {
        int length = pictures.length / count;
        float[] last = Arrays.copyOfRange(pictures, pictures.length - length, pictures.length);
        for (int picture = count - 1; picture >= 0; picture--) {
            float[] before = picture == 0 ? last : pictures;
            int offset = picture * length;
            int beforeOffset = picture == 0 ? 0 : offset - length;
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                for (int y = box.top; y < box.bottom; y++) {
                    int row = (channel * box.side + y) * box.side + box.left;
                    System.arraycopy(before, beforeOffset + row, pictures, offset + row, box.right - box.left);
                }
            }
        }
        return 1 - (double) (box.right - box.left) * (box.bottom - box.top) / ((double) box.side * box.side);
    }

    /**
     * A rectangle of a picture.
     *
     * @param side of the picture in pixels
     * @param left first column
     * @param top first row
     * @param right column after the last
     * @param bottom row after the last
     */
    record Box(int side, int left, int top, int right, int bottom) {

        /**
         * A square around any pixel, clipped to the picture.
         *
         * @param share of the area that it leaves before it is clipped, 0 to 1
         */
        static Box drawn(int side, double share, SplittableRandom random) {
            int x = random.nextInt(side);
            int y = random.nextInt(side);
            int half = (int) (0.5 * Math.sqrt(1 - share) * side);
            return new Box(
                    side,
                    Math.max(x - half, 0),
                    Math.max(y - half, 0),
                    Math.min(x + half, side),
                    Math.min(y + half, side));
        }
    }
}
