package io.github.resnetspark.network;

import java.util.List;
import java.util.stream.IntStream;

/** A family of networks: the stem, the widths of the stages and the possible depths. */
public enum Family {
    /** He et al. 2015, table 1: 7×7/2 stem of 64, 3×3/2 max-pool, four stages of 64-128-256-512. */
    IMAGENET(64, 4, 224, Variant.V1_5, Shortcut.B),
    /** He et al. 2015, section 4.2: 3×3 stem of 16, three stages of 16-32-64, depth 6n+2, or 9n+2 of bottlenecks. */
    CIFAR(16, 3, 32, Variant.V1, Shortcut.A),
    /** The ImageNet networks for small pictures: 3×3 stem of 64 without a pool, four stages of 64-128-256-512. */
    CIFAR_RESNET18(64, 4, 32, Variant.V1_5, Shortcut.B);

    private final int stemWidth;
    private final int stages;
    private final int defaultInput;
    private final Variant usualVariant;
    private final Shortcut usualShortcut;

    Family(int stemWidth, int stages, int defaultInput, Variant usualVariant, Shortcut usualShortcut) {
        this.stemWidth = stemWidth;
        this.stages = stages;
        this.defaultInput = defaultInput;
        this.usualVariant = usualVariant;
        this.usualShortcut = usualShortcut;
    }

    /** Output channels of the stem. */
    public int stemWidth() {
        return stemWidth;
    }

    /** Channels of the 3×3 convolutions of each stage, before a bottleneck's expansion. Each stage has twice as many. */
    public List<Integer> widths() {
        return IntStream.range(0, stages).mapToObj(stage -> stemWidth << stage).toList();
    }

    /** The side of the square input for which the family was published, in pixels. */
    public int defaultInput() {
        return defaultInput;
    }

    /** The smallest side of a picture, in pixels, of which the last stage still gets one pixel or more. */
    public int smallestInput() {
        return this == IMAGENET ? 32 : 8;
    }

    /** The variant that most networks of the family have. */
    public Variant usualVariant() {
        return usualVariant;
    }

    /** The shortcut that most networks of the family have. */
    public Shortcut usualShortcut() {
        return usualShortcut;
    }

    /**
     * Adds the stem: all vertices before the first block.
     *
     * @return the name of the last vertex
     */
    String stem(NetworkBuilder graph, Stem kind) {
        return switch (this) {
            case IMAGENET -> graph.maxPool("stem-pool", kind == Stem.DEEP ? deepStem(graph) : stem(graph, 7, 2), 3, 2);
            case CIFAR, CIFAR_RESNET18 -> stem(graph, 3, 1);
        };
    }

    private String deepStem(NetworkBuilder graph) {
        int narrow = stemWidth / 2;
        String first = graph.convolution("stem-conv1", ResNet.INPUT, 3, narrow, 3, 2);
        String active = graph.relu("stem-relu1", graph.batchNorm("stem-bn1", first, narrow, 1));
        String second = graph.convolution("stem-conv2", active, narrow, narrow, 3, 1);
        active = graph.relu("stem-relu2", graph.batchNorm("stem-bn2", second, narrow, 1));
        String third = graph.convolution("stem-conv3", active, narrow, stemWidth, 3, 1);
        return graph.relu("stem-relu", graph.batchNorm("stem-bn", third, stemWidth, 1));
    }

    private String stem(NetworkBuilder graph, int kernel, int stride) {
        String convolution = graph.convolution("stem-conv", ResNet.INPUT, 3, stemWidth, kernel, stride);
        return graph.relu("stem-relu", graph.batchNorm("stem-bn", convolution, stemWidth, 1));
    }
}
