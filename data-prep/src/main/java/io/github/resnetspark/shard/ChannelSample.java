package io.github.resnetspark.shard;

import java.util.Arrays;
import java.util.Optional;

/** The pictures from which the mean and standard deviation per channel are computed. */
public enum ChannelSample {
    EVERY_PICTURE("every pixel of every stored train picture", 1),
    ONE_OF_64("every pixel of the first of every 64 pictures of each train shard", 64);

    private final String text;
    private final int stride;

    ChannelSample(String text, int stride) {
        this.text = text;
        this.stride = stride;
    }

    /** The text for the manifest. The split is train, unless it has no pictures. */
    public String text(Split split) {
        return text.replace(Split.TRAIN.key(), split.key());
    }

    /** Whether the sample includes a row, by its number in its shard, from 0. */
    public boolean includes(long row) {
        return row % stride == 0;
    }

    /** The sample with that text; empty if another tool used another sample. */
    public static Optional<ChannelSample> of(String text) {
        return Arrays.stream(values())
                .filter(sample -> Arrays.stream(Split.values())
                        .anyMatch(split -> sample.text(split).equals(text)))
                .findFirst();
    }
}
