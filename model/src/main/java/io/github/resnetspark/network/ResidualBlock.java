package io.github.resnetspark.network;

import java.util.Optional;

/**
 * Builds one residual block: its position in the network, and methods for the pieces from which designs assemble it. Each piece is
 * a vertex whose name starts with the block's, such as {@code stage3-block1-conv2}. Methods that add a vertex return its name.
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
     * The position of a block in its network.
     *
     * @param name the start of its vertices' names, such as {@code stage3-block1}
     * @param in input channels
     * @param width channels of its 3×3 convolutions
     * @param stride 2 if the block halves the picture, else 1
     * @param isFirst whether it is the network's first block
     */
    record Place(String name, int in, int width, int stride, boolean isFirst) {}

    Block kind() {
        return network.block();
    }

    /** For vertices that only one design has. */
    NetworkBuilder graph() {
        return graph;
    }

    /** 2 if the block halves the picture, else 1. */
    int stride() {
        return place.stride();
    }

    boolean isFirst() {
        return place.isFirst();
    }

    /** Input channels of the block. */
    int in() {
        return place.in();
    }

    /** Output channels of the block. */
    int out() {
        return place.width() * kind().expansion();
    }

    /** The number of convolutions without the shortcut. */
    int convolutions() {
        return kind().convolutions().size();
    }

    /** Input channels of a convolution, counted from 1. */
    int in(int index) {
        return index == 1 ? in() : out(index - 1);
    }

    /** Output channels of a convolution, counted from 1. */
    int out(int index) {
        return place.width() * kind().convolutions().get(index - 1).widening();
    }

    /** Whether input and output have the same shape. */
    boolean keepsShape() {
        return in() == out() && stride() == 1;
    }

    /** The initial γ of the last batch normalisation. */
    double lastGamma() {
        return network.zeroGamma() ? 0 : 1;
    }

    /** The name of one of its vertices. */
    String named(String piece) {
        return place.name() + "-" + piece;
    }

    /** Adds a convolution, counted from 1. */
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

    /** Adds the last ReLU, after the sum. */
    String relu(String from) {
        return graph.relu(named("relu"), from);
    }

    /** Adds a 1×1 convolution to the shortcut. */
    String projectionConvolution(String from, int stride) {
        return graph.convolution(named("shortcut-conv"), from, in(), out(), 1, stride);
    }

    String projectionBatchNorm(String from) {
        return graph.batchNorm(named("shortcut-bn"), from, out(), 1);
    }

    /**
     * Adds the sum of the branch of convolutions and the shortcut.
     *
     * @param design of this block
     * @param residual the last vertex of the branch
     * @param input the input of the block
     * @param start the vertex at which a shortcut starts that is not the identity
     * @return the name of the sum, or {@code residual} in a plain network
     */
    String sum(BlockDesign design, String residual, String input, String start) {
        Optional<String> round = network.shortcut().design().add(this, design, input, start);
        return round.map(shortcut -> graph.add(named("add"), residual, shortcut))
                .orElse(residual);
    }
}
