package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A design of residual blocks: everything in which networks of one {@link Variant} differ from those of another. A new one is
 * a class that implements this and a constant of {@link Variant}.
 *
 * <p>What is left out is as in most networks. A block's vertices are named by {@link ResidualBlock}, and others find them by
 * these names: the sum is {@code -add}, whatever lies on the way round the block begins with {@code -shortcut}.
 */
interface BlockDesign {

    /** What recipes, {@code model.json} and people call it, e.g. {@code v1.5}. */
    String word();

    /** The word and, where it does not say it all, what to choose it for, e.g. {@code v1 for the paper's network}. */
    default String choice() {
        return word();
    }

    /**
     * Whether the name of a network says the word. It need not where such blocks are the same in most designs: «ResNet-18»,
     * but «ResNet-50 v1.5».
     */
    default boolean isNamedWith(Block kind) {
        return true;
    }

    /**
     * What does not go together with this design.
     *
     * @return one sentence that begins with a key and its value, and one with the remedy, each; usually nothing
     */
    default List<Problem> problems(ResNetSpec network) {
        return List.of();
    }

    /** Why blocks cannot start as the identity with a γ of 0 in their last batch normalisation; nothing if they can. */
    default Optional<Problem> zeroGammaProblem() {
        return Optional.empty();
    }

    /**
     * Adds what precedes the first block.
     *
     * @return the name of the last vertex, with {@link Family#stemWidth} channels
     */
    default String stem(ResNetSpec network, NetworkBuilder graph) {
        return network.family().stem(graph);
    }

    /**
     * Adds one block.
     *
     * @param from the vertex that it reads
     * @return the name of its last vertex, with {@link ResidualBlock#out} channels
     */
    String add(ResidualBlock block, String from);

    /**
     * Adds what follows the last block.
     *
     * @return the name of the last vertex, with as many channels
     */
    default String finish(NetworkBuilder graph, String from, int channels) {
        return from;
    }

    /**
     * Adds what halves the picture on the way round a block, if the block does, and leaves the channels as they are.
     *
     * @return the name of the last vertex; {@code from} in a block that does not stride
     */
    default String shortcutPixels(ResidualBlock block, String from) {
        return block.stride() == 1
                ? from
                : block.graph().everyNthPixel(block.named("shortcut-pixels"), from, block.stride());
    }

    /**
     * Adds the projection on the way round a block, which gives the block's output shape.
     *
     * @return the name of the last vertex
     */
    default String projection(ResidualBlock block, String from) {
        return block.projectionBatchNorm(block.projectionConvolution(from, block.stride()));
    }

    /** As {@link Variant#torchName}. Torch's networks call most pieces as we do, and a projection {@code downsample}. */
    default Optional<String> torchName(String piece) {
        return switch (piece) {
            case "shortcut-conv" -> Optional.of("downsample.0");
            case "shortcut-bn" -> Optional.of("downsample.1");
            default -> Optional.of(piece).filter(name -> name.matches("(conv|bn)\\d"));
        };
    }
}
