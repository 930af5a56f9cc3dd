package io.github.resnetspark.job.averaging;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Makes it possible to average the running statistics of batch normalization like other parameters. The average of
 * variances is not the variance of all examples, but second moments can be averaged: every worker replaces its variance
 * by E[(x − c)²] = var + (mean − c)², and after averaging var = E[(x − c)²] − (mean − c)².
 *
 * <p>The centre c is the running mean at the start of the round, which all workers know. Any centre gives the same
 * result in exact arithmetic (c = 0 gives E[x²] − mean²). With this one the two terms do not cancel in float precision
 * if a mean is large compared with its deviation.
 */
public final class BatchNormMoments implements Serializable {
    private static final long serialVersionUID = 1;

    private final RunningStatistics[] layers;

    public BatchNormMoments(List<RunningStatistics> layers) {
        this.layers = layers.toArray(RunningStatistics[]::new);
    }

    /** Number of running means of all layers together. There is the same number of variances. */
    public int channels() {
        return Arrays.stream(layers).mapToInt(RunningStatistics::channels).sum();
    }

    /**
     * The running means, layer by layer.
     *
     * @param parameters [n]
     */
    public float[] means(FloatSource parameters) {
        float[] means = new float[channels()];
        int at = 0;
        for (RunningStatistics layer : layers) {
            parameters.get(layer.mean(), means, at, layer.channels());
            at += layer.channels();
        }
        return means;
    }

    /**
     * Replaces the running variances by second moments, in place.
     *
     * @param parameters parameters [n] of a worker after its minibatches
     * @param centre the {@link #means} at the start of the round
     */
    public void toMoments(FloatBuffer parameters, float[] centre) {
        shift(parameters, centre, 1);
    }

    /**
     * Replaces the second moments by running variances, in place. Rounding never makes a variance negative.
     *
     * @param parameters the averaged parameters [n]
     * @param centre the {@link #means} at the start of the round, the same that the workers used
     */
    public void toVariances(FloatBuffer parameters, float[] centre) {
        shift(parameters, centre, -1);
    }

    private void shift(FloatBuffer parameters, float[] centre, int sign) {
        int at = 0;
        for (RunningStatistics layer : layers) {
            for (int channel = 0; channel < layer.channels(); channel++) {
                double shift = (double) parameters.get(layer.mean() + channel) - centre[at++];
                int variance = layer.variance() + channel;
                parameters.put(variance, (float) Math.max(0, parameters.get(variance) + sign * (shift * shift)));
            }
        }
    }

    /**
     * Copies only the running means and variances from one vector to another.
     *
     * @param from parameters [n]
     * @param to parameters [n], changed in place
     */
    public void copyStatistics(float[] from, float[] to) {
        for (RunningStatistics layer : layers) {
            System.arraycopy(from, layer.mean(), to, layer.mean(), layer.channels());
            System.arraycopy(from, layer.variance(), to, layer.variance(), layer.channels());
        }
    }

    /**
     * Position of the running statistics of one batch normalization layer in the flat parameter vector.
     *
     * @param mean index of the first running mean
     * @param variance index of the first running variance
     * @param channels of the layer
     */
    public record RunningStatistics(int mean, int variance, int channels) implements Serializable {
        public RunningStatistics {
            if (mean < 0 || variance < 0 || channels < 1) {
                throw new IllegalArgumentException(
                        "Running means at index " + mean + " and variances at " + variance + " for " + channels
                                + " channels are not possible: indices must be at least 0, and channels at least 1.");
            }
            if (Math.abs((long) mean - variance) < channels) {
                throw new IllegalArgumentException("The running means at index " + mean + " and the variances at "
                        + variance + " overlap: there are " + channels + " of each.");
            }
        }
    }

    /** Values by index, like {@link java.nio.FloatBuffer#get(int, float[], int, int)}. */
    @FunctionalInterface
    public interface FloatSource {
        /** Copies {@code count} values, starting at index {@code from}, to {@code to}, starting at {@code at}. */
        void get(int from, float[] to, int at, int count);
    }
}
