package io.github.resnetspark.job.averaging;

import java.io.Serializable;

/**
 * Where the running statistics of one batch normalization layer lie in the flat parameter vector.
 *
 * @param mean index of the first running mean
 * @param variance index of the first running variance
 * @param channels of the layer
 */
public record RunningStatistics(int mean, int variance, int channels) implements Serializable {
    public RunningStatistics {
        if (mean < 0 || variance < 0 || channels < 1) {
            throw new IllegalArgumentException("means at " + mean + ", variances at " + variance + ", " + channels
                    + " channels are no running statistics");
        }
        if (Math.abs((long) mean - variance) < channels) {
            throw new IllegalArgumentException("the means at " + mean + " and the variances at " + variance
                    + " overlap: there are " + channels + " of each");
        }
    }
}
