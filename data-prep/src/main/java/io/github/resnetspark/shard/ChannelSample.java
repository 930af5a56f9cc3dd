package io.github.resnetspark.shard;

import java.util.Arrays;
import java.util.Optional;

/** Which pictures the channels' mean and standard deviation are computed on. */
public enum ChannelSample {
    EVERY_PICTURE("every pixel of every stored train picture", 1),
    ONE_OF_64("every pixel of the first of every 64 pictures of each train shard", 64);

    private final String text;
    private final int stride;

    ChannelSample(String text, int stride) {
        this.text = text;
        this.stride = stride;
    }

    /** In words, as the manifest has it, where the pictures are of that split: of train, unless there are none. */
    public String text(Split split) {
        return text.replace(Split.TRAIN.key(), split.key());
    }

    /** Whether the row of that number in its shard, from 0, is of the sample. */
    public boolean includes(long row) {
        return row % stride == 0;
    }

    /** The sample of those words; empty if some other tool took another one. */
    public static Optional<ChannelSample> of(String text) {
        return Arrays.stream(values())
                .filter(sample -> Arrays.stream(Split.values())
                        .anyMatch(split -> sample.text(split).equals(text)))
                .findFirst();
    }
}
