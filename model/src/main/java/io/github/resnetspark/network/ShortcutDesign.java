package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.util.Optional;

/**
 * A design of skip connections: all differences between networks of one {@link Shortcut} and another. To add one, write a class that
 * implements this interface and a constant of {@link Shortcut}.
 */
interface ShortcutDesign {

    /** The name in recipes, {@code model.json} and reports, such as {@code A-end}. */
    String name();

    /** Its use, as a phrase that follows "for", such as {@code a plain network}. */
    String use();

    /**
     * Adds the shortcut of a block. The names of its vertices begin with the block's {@code -shortcut}.
     *
     * @param design of the block, which defines how to halve a picture and how to project
     * @param input the input of the block
     * @param start the vertex at which a shortcut starts that is not the identity: {@code input} or its activation
     * @return the name of the last vertex, with the block's output shape; {@code input} for the identity; empty in a plain
     *     network
     */
    Optional<String> add(ResidualBlock block, BlockDesign design, String input, String start);

    /** Why blocks cannot start as the identity, with γ = 0 in their last batch normalisation; empty if they can. */
    default Optional<Problem> zeroGammaProblem() {
        return Optional.empty();
    }
}
