package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.util.Optional;

/**
 * A design of skip connections: everything in which networks of one {@link Shortcut} differ from those of another. A new one
 * is a class that implements this and a constant of {@link Shortcut}.
 */
interface ShortcutDesign {

    /** What recipes, {@code model.json} and people call it, e.g. {@code A-end}. */
    String word();

    /** What to choose it for, in words that follow «for», e.g. {@code a plain network}. */
    String use();

    /**
     * Adds the way round a block. The names of its vertices begin with the block's {@code -shortcut}.
     *
     * @param design the block's, which knows how to halve a picture and how to project
     * @param input what comes into the block
     * @param start where a shortcut begins that is not the identity: {@code input} or what the block has made of it
     * @return the name of the last vertex, with the block's output's shape; {@code input} where it is added as it is;
     *     nothing where nothing is added
     */
    Optional<String> add(ResidualBlock block, BlockDesign design, String input, String start);

    /** Why blocks cannot start as the identity with a γ of 0 in their last batch normalisation; nothing if they can. */
    default Optional<Problem> zeroGammaProblem() {
        return Optional.empty();
    }
}
