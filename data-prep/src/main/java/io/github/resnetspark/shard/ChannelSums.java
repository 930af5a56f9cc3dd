package io.github.resnetspark.shard;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact sums over the pixels of pictures. They do not depend on how the pictures are distributed over tasks.
 *
 * @param pictures the number of pictures
 * @param pixels the number of their pixels
 * @param sum of the byte values: red, green, blue
 * @param squares of the squared byte values: red, green, blue
 */
public record ChannelSums(long pictures, long pixels, List<Long> sum, List<Long> squares) implements Serializable {
    /** The sums over no pictures. */
    public static final ChannelSums NONE = new ChannelSums(0, 0, List.of(0L, 0L, 0L), List.of(0L, 0L, 0L));

    public ChannelSums {
        sum = List.copyOf(sum);
        squares = List.copyOf(squares);
    }

    /** The sums over the pictures of both. */
    public ChannelSums plus(ChannelSums other) {
        return new ChannelSums(
                pictures + other.pictures, pixels + other.pixels, added(sum, other.sum), added(squares, other.squares));
    }

    /** The mean and the standard deviation over all pixels (not per picture), on a 0..1 scale. */
    public ChannelStatistics toManifest(String sample) {
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            double average = sum.get(channel) / (double) pixels;
            double variance = squares.get(channel) / (double) pixels - average * average;
            mean.add(average / 255);
            std.add(Math.sqrt(Math.max(0, variance)) / 255);
        }
        return new ChannelStatistics(mean, std, sample, pictures, pixels);
    }

    private static List<Long> added(List<Long> some, List<Long> others) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sums.add(some.get(i) + others.get(i));
        }
        return sums;
    }

    /** Adds pictures one by one. */
    public static final class Builder {
        private long pictures;
        private long pixels;
        private final long[] sum = new long[RgbImage.CHANNELS];
        private final long[] squares = new long[RgbImage.CHANNELS];

        /** Adds a picture. */
        public void add(RgbImage image) {
            pictures++;
            pixels += (long) image.width() * image.height();
            byte[] values = image.pixels();
            for (int row = 0; row < values.length; row += image.width() * RgbImage.CHANNELS) {
                add(values, row, row + image.width() * RgbImage.CHANNELS);
            }
        }

        private void add(byte[] values, int from, int to) {
            long red = 0;
            long green = 0;
            long blue = 0;
            long redSquares = 0;
            long greenSquares = 0;
            long blueSquares = 0;
            for (int i = from; i < to; i += RgbImage.CHANNELS) {
                int r = values[i] & 0xff;
                int g = values[i + 1] & 0xff;
                int b = values[i + 2] & 0xff;
                red += r;
                green += g;
                blue += b;
                redSquares += (long) r * r;
                greenSquares += (long) g * g;
                blueSquares += (long) b * b;
            }
            sum[0] += red;
            sum[1] += green;
            sum[2] += blue;
            squares[0] += redSquares;
            squares[1] += greenSquares;
            squares[2] += blueSquares;
        }

        /** The sums so far. */
        public ChannelSums build() {
            return new ChannelSums(
                    pictures, pixels, List.of(sum[0], sum[1], sum[2]), List.of(squares[0], squares[1], squares[2]));
        }
    }
}
