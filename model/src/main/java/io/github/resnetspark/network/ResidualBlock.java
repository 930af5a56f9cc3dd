package io.github.resnetspark.network;

import java.util.Optional;

/**
 * One residual block on its way into a network: where it stands, and the pieces that designs make it of. Every piece is a
 * vertex named after the block and itself, {@code stage3-block1-conv2}; methods that add one return its name.
 */
final class ResidualBlock {
    private final ResNetSpec network;
    private final Place place;
    private final NetworkBuilder graph;

    ResidualBlock(ResNetSpec network, Place place, NetworkBuilder graph) {
        this.network = network;
        this.place = place;
        this.graph = graph;
    }

    /**
     * Where a block stands in its network.
     *
     * @param name the start of its vertices' names, e.g. {@code stage3-block1}
     * @param in channels that come in
     * @param width channels of its 3×3 convolutions
     * @param stride 2 where the block halves the picture, else 1
     * @param isFirst whether it is the network's first block
     */
    record Place(String name, int in, int width, int stride, boolean isFirst) {}

    Block kind() {
        return network.block();
    }

    /** For vertices of which only one design has any. */
    NetworkBuilder graph() {
        return graph;
    }

    /** 2 where the block halves the picture, else 1. */
    int stride() {
        return place.stride();
    }

    boolean isFirst() {
        return place.isFirst();
    }

    /** Channels that come in. */
    int in() {
        return place.in();
    }

    /** Channels that go out. */
    int out() {
        return place.width() * kind().expansion();
    }

    /** How many convolutions it has on its way from end to end. */
    int convolutions() {
        return kind().convolutions().size();
    }

    /** Channels that a convolution, counted from 1, reads. */
    int in(int index) {
        return index == 1 ? in() : out(index - 1);
    }

    /** Channels that a convolution, counted from 1, gives. */
    int out(int index) {
        return place.width() * kind().convolutions().get(index - 1).widening();
    }

    /** Whether its input could be added to its output as it is. */
    boolean keepsShape() {
        return in() == out() && stride() == 1;
    }

    /** The γ that the last batch normalisation starts with. */
    double lastGamma() {
        return network.zeroGamma() ? 0 : 1;
    }

    /** The name of one of its vertices. */
    String named(String piece) {
        return place.name() + "-" + piece;
    }

    /** The convolution of an index, counted from 1. */
    String convolution(int index, String from, int stride) {
        int kernel = kind().convolutions().get(index - 1).kernel();
        return graph.convolution(named("conv" + index), from, in(index), out(index), kernel, stride);
    }

    String batchNorm(int index, String from, int channels, double gamma) {
        return graph.batchNorm(named("bn" + index), from, channels, gamma);
    }

    String relu(int index, String from) {
        return graph.relu(named("relu" + index), from);
    }

    /** The last ReLU, behind the sum. */
    String relu(String from) {
        return graph.relu(named("relu"), from);
    }

    /** A 1×1 convolution round the block. */
    String projectionConvolution(String from, int stride) {
        return graph.convolution(named("shortcut-conv"), from, in(), out(), 1, stride);
    }

    String projectionBatchNorm(String from) {
        return graph.batchNorm(named("shortcut-bn"), from, out(), 1);
    }

    /**
     * What the branch of convolutions gives, plus what the network's shortcut brings round it.
     *
     * @param design whose block this is
     * @param residual the last vertex of the branch
     * @param input what comes into the block
     * @param start where a shortcut begins that is not the identity
     * @return the name of the sum; of the branch in a plain network
     */
    String sum(BlockDesign design, String residual, String input, String start) {
        Optional<String> round = network.shortcut().design().add(this, design, input, start);
        return round.map(shortcut -> graph.add(named("add"), residual, shortcut))
                .orElse(residual);
    }
}
