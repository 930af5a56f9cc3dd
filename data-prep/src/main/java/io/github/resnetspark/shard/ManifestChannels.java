package io.github.resnetspark.shard;

import java.io.Serializable;
import java.util.List;

/**
 * Mean and standard deviation of the pixels, per channel.
 *
 * @param mean red, green, blue, on a 0..1 scale
 * @param std red, green, blue, on a 0..1 scale, over all pixels at once
 * @param sample in words, what they were computed on
 * @param pictures how many pictures that were
 * @param pixels how many pixels those had
 */
public record ManifestChannels(List<Double> mean, List<Double> std, String sample, long pictures, long pixels)
        implements Serializable {
    public ManifestChannels {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }
}
