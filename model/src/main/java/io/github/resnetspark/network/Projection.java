package io.github.resnetspark.network;

import java.util.Optional;

/** Options B and C: a 1×1 convolution, by default with batch normalisation, as the block's design has it. */
final class Projection implements ShortcutDesign {
    private final String word;
    private final String use;
    private final boolean isEverywhere;

    private Projection(String word, String use, boolean isEverywhere) {
        this.word = word;
        this.use = use;
        this.isEverywhere = isEverywhere;
    }

    /** The identity elsewhere. */
    static Projection whereTheShapeChanges() {
        return new Projection("B", "ImageNet", false);
    }

    /** In every block. */
    static Projection everywhere() {
        return new Projection("C", "projections everywhere", true);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String use() {
        return use;
    }

    @Override
    public Optional<String> add(ResidualBlock block, BlockDesign design, String input, String start) {
        boolean isIdentity = block.keepsShape() && !isEverywhere;
        return Optional.of(isIdentity ? input : design.projection(block, start));
    }
}
