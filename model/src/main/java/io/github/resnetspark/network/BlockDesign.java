package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A design of residual blocks: all differences between networks of one {@link Variant} and another. To add one, write a class that
 * implements this interface and a constant of {@link Variant}.
 *
 * <p>The default methods do what most networks do. {@link ResidualBlock} names a block's vertices, and other code finds them by
 * these names: the sum ends in {@code -add}, and the names of all vertices of the shortcut begin with the block's
 * {@code -shortcut}.
 */
interface BlockDesign {

    /** The name in recipes, {@code model.json} and reports, such as {@code v1.5}. */
    String name();

    /** The name and, if needed, its use, such as {@code v1 for the paper's network}. */
    default String choice() {
        return name();
    }

    /**
     * Whether the name of a network contains the name of the design. It does not if such blocks are the same in most designs:
     * "ResNet-18", but "ResNet-50 v1.5".
     */
    default boolean isNamedWith(Block kind) {
        return true;
    }

    /**
     * Settings that are incompatible with this design.
     *
     * @return one problem for each; usually empty
     */
    default List<Problem> problems(ResNetSpec network) {
        return List.of();
    }

    /** Why blocks cannot start as the identity, with γ = 0 in their last batch normalisation; empty if they can. */
    default Optional<Problem> zeroGammaProblem() {
        return Optional.empty();
    }

    /**
     * Adds the stem: all vertices before the first block.
     *
     * @return the name of the last vertex, with {@link Family#stemWidth} channels
     */
    default String stem(ResNetSpec network, NetworkBuilder graph) {
        return network.family().stem(graph, network.stem());
    }

    /**
     * Adds one block.
     *
     * @param from the vertex that it reads
     * @return the name of its last vertex, with {@link ResidualBlock#out} channels
     */
    String add(ResidualBlock block, String from);

    /**
     * Adds the vertices after the last block, if there are any.
     *
     * @return the name of the last vertex, with the same number of channels
     */
    default String finish(NetworkBuilder graph, String from, int channels) {
        return from;
    }

    /**
     * Adds the vertex of a shortcut that halves the picture if the block does. The channels stay the same.
     *
     * @return the name of the last vertex; {@code from} in a block that does not stride
     */
    default String shortcutPixels(ResidualBlock block, String from) {
        return block.stride() == 1
                ? from
                : block.graph().everyNthPixel(block.named("shortcut-pixels"), from, block.stride());
    }

    /**
     * Adds the projection of a shortcut, which has the block's output shape.
     *
     * @return the name of the last vertex
     */
    default String projection(ResidualBlock block, String from) {
        return block.projectionBatchNorm(block.projectionConvolution(from, block.stride()));
    }

    /** As {@link Variant#torchName}. PyTorch uses the same names for most pieces, and {@code downsample} for a projection. */
    default Optional<String> torchName(String piece) {
        return switch (piece) {
            case "shortcut-conv" -> Optional.of("downsample.0");
            case "shortcut-bn" -> Optional.of("downsample.1");
            default -> Optional.of(piece).filter(name -> name.matches("(conv|bn)\\d"));
        };
    }
}
