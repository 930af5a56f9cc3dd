package io.github.resnetspark.resnet;

import java.util.List;
import java.util.stream.IntStream;

/** A family of networks: the stem, the widths of the stages, and which depths exist. */
public enum Family {
    /** He et al. 2015, table 1: 7×7/2 stem of 64, 3×3/2 max-pool, four stages of 64-128-256-512. */
    IMAGENET(64, 4, 224),
    /** He et al. 2015, section 4.2: 3×3 stem of 16, three stages of 16-32-64, depth 6n+2, or 9n+2 of bottlenecks. */
    CIFAR(16, 3, 32),
    /** The ImageNet networks for small pictures: 3×3 stem of 64 without a pool, four stages of 64-128-256-512. */
    CIFAR_RESNET18(64, 4, 32);

    private final int stemWidth;
    private final int stages;
    private final int defaultInput;

    Family(int stemWidth, int stages, int defaultInput) {
        this.stemWidth = stemWidth;
        this.stages = stages;
        this.defaultInput = defaultInput;
    }

    /** Channels that leave the stem. */
    public int stemWidth() {
        return stemWidth;
    }

    /** Channels of the 3×3 convolutions of each stage, before a bottleneck's expansion: each twice the one before. */
    public List<Integer> widths() {
        return IntStream.range(0, stages).mapToObj(stage -> stemWidth << stage).toList();
    }

    /** The side of the square picture that the family was published for, in pixels. */
    public int defaultInput() {
        return defaultInput;
    }
}
