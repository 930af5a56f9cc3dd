package io.github.resnetspark.image;

import io.github.resnetspark.message.model.PictureNotices;
import java.util.Arrays;

/**
 * Scales pictures with an antialiased triangle filter. If the picture shrinks, the filter widens with the scale, so that every input
 * pixel counts. If the picture grows, the filter is bilinear.
 *
 * <p>Rows are filtered first, then columns, both with weights in 22-bit fixed point and rounded to bytes in between, as in Pillow.
 * So the result equals Pillow's {@code BILINEAR} (and torchvision's {@code Resize} of a Pillow picture) byte for byte. OpenCV has
 * no such filter.
 */
public final class TriangleResampler {
    private static final int PRECISION = 22;
    private static final int HALF = 1 << (PRECISION - 1);

    /**
     * Scales a picture to a size.
     *
     * @param image of any size
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @throws ImageException if the result would have more pixels than {@link ImageCodec#DEFAULT_MAXIMUM_PIXELS}
     */
    public RgbImage resize(RgbImage image, int width, int height) {
        refuseHuge(image, width, height);
        RgbImage wide = width == image.width() ? image : scaleRows(image, Taps.of(image.width(), width));
        return height == image.height() ? wide : scaleColumns(wide, Taps.of(image.height(), height));
    }

    /** Scales a picture so that its short side has {@code shortSide} pixels; the long side is rounded down. */
    public RgbImage resizeShortSide(RgbImage image, int shortSide) {
        int smaller = Math.min(image.width(), image.height());
        long width = (long) image.width() * shortSide / smaller;
        long height = (long) image.height() * shortSide / smaller;
        refuseHuge(image, width, height);
        return resize(image, (int) width, (int) height);
    }

    static void refuseHuge(RgbImage image, long width, long height) {
        long between = Math.max(height, image.height());
        if (width > ImageCodec.DEFAULT_MAXIMUM_PIXELS / between) {
            throw new ImageException(PictureNotices.tooLargeWhenScaled(
                    image.width(), image.height(), width, height, ImageCodec.DEFAULT_MAXIMUM_PIXELS));
        }
    }

    private static RgbImage scaleRows(RgbImage image, Taps taps) {
        byte[] from = image.pixels();
        byte[] to = new byte[taps.size() * image.height() * RgbImage.CHANNELS];
        int next = 0;
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width();
            for (int x = 0; x < taps.size(); x++) {
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int at = (row + taps.first[x]) * RgbImage.CHANNELS;
                for (int i = taps.begin(x); i < taps.end(x); i++, at += RgbImage.CHANNELS) {
                    int weight = taps.fixed[i];
                    red += (from[at] & 0xff) * weight;
                    green += (from[at + 1] & 0xff) * weight;
                    blue += (from[at + 2] & 0xff) * weight;
                }
                to[next++] = clip(red);
                to[next++] = clip(green);
                to[next++] = clip(blue);
            }
        }
        return new RgbImage(taps.size(), image.height(), to);
    }

    private static RgbImage scaleColumns(RgbImage image, Taps taps) {
        byte[] from = image.pixels();
        int length = image.width() * RgbImage.CHANNELS;
        byte[] to = new byte[taps.size() * length];
        int[] sums = new int[length];
        for (int y = 0; y < taps.size(); y++) {
            Arrays.fill(sums, HALF);
            int at = taps.first[y] * length;
            for (int i = taps.begin(y); i < taps.end(y); i++, at += length) {
                int weight = taps.fixed[i];
                for (int x = 0; x < length; x++) {
                    sums[x] += (from[at + x] & 0xff) * weight;
                }
            }
            for (int x = 0; x < length; x++) {
                to[y * length + x] = clip(sums[x]);
            }
        }
        return new RgbImage(image.width(), taps.size(), to);
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
    }

    /**
     * A filter's taps: the input pixels of each output pixel and their weights.
     *
     * @param first the first input pixel, by output pixel
     * @param count the number of input pixels, by output pixel
     * @param longest upper limit of the counts
     * @param fixed {@code [size, longest]}, fixed point; each row adds up to about 1
     */
    @SuppressWarnings("ArrayRecordComponent") // Private to the loops above.
    private record Taps(int[] first, int[] count, int longest, int[] fixed) {
        static Taps of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
            int longest = (int) Math.ceil(support) * 2 + 1;
            int[] first = new int[to];
            int[] count = new int[to];
            int[] fixed = new int[Math.multiplyExact(to, longest)];
            double[] exact = new double[longest];
            for (int pixel = 0; pixel < to; pixel++) {
                double centre = (pixel + 0.5) * scale;
                first[pixel] = Math.max(0, (int) (centre - support + 0.5));
                count[pixel] = Math.min(from, (int) (centre + support + 0.5)) - first[pixel];
                double sum = 0;
                for (int i = 0; i < count[pixel]; i++) {
                    exact[i] = Math.max(0, 1 - Math.abs((i + first[pixel] - centre + 0.5) / support));
                    sum += exact[i];
                }
                for (int i = 0; i < count[pixel]; i++) {
                    fixed[pixel * longest + i] = (int) (0.5 + exact[i] / sum * (1 << PRECISION));
                }
            }
            return new Taps(first, count, longest, fixed);
        }

        int size() {
            return first.length;
        }

        int begin(int pixel) {
            return pixel * longest;
        }

        int end(int pixel) {
            return pixel * longest + count[pixel];
        }
    }
}
