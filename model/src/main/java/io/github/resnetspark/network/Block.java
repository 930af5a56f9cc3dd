package io.github.resnetspark.network;

import java.util.List;

/** The kind of residual block, defined by its convolutions (He et al. 2015, figure 5). */
@SuppressWarnings("ImmutableEnumChecker") // The lists are immutable.
public enum Block {
    /** Two 3×3 convolutions. */
    BASIC("basic blocks", List.of(20, 32, 44, 56, 110), new Convolution(3, 1), new Convolution(3, 1)),
    /** 1×1, 3×3 and 1×1 convolutions. The last one has four times as many channels. */
    BOTTLENECK(
            "bottlenecks",
            List.of(56, 110, 164, 1001),
            new Convolution(1, 1),
            new Convolution(3, 1),
            new Convolution(1, 4));

    private final String plural;
    private final List<Integer> cifarDepths;
    private final List<Convolution> convolutions;

    Block(String plural, List<Integer> cifarDepths, Convolution... convolutions) {
        this.plural = plural;
        this.cifarDepths = cifarDepths;
        this.convolutions = List.of(convolutions);
    }

    /** Output channels of the block divided by the width of its stage. */
    public int expansion() {
        return convolutions.get(convolutions.size() - 1).widening;
    }

    /** The plural in names of networks. */
    String plural() {
        return plural;
    }

    /** The depths of the published CIFAR networks with this kind of block. */
    List<Integer> cifarDepths() {
        return cifarDepths;
    }

    /** In the order of the forward pass. */
    List<Convolution> convolutions() {
        return convolutions;
    }

    /** The number, from 1, of the first convolution with a window of more than one pixel. */
    int firstSpatial() {
        int index = 1;
        while (convolutions.get(index - 1).kernel == 1) {
            index++;
        }
        return index;
    }

    /**
     * One convolution.
     *
     * @param kernel side of its window in pixels
     * @param widening its output channels divided by the width of its stage
     */
    record Convolution(int kernel, int widening) {}
}
