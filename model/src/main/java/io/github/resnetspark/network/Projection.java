package io.github.resnetspark.network;

import java.util.Optional;

/** Options B and C: a 1×1 convolution. The block's design decides whether batch normalisation follows; by default it does. */
final class Projection implements ShortcutDesign {
    private final String name;
    private final String use;
    private final boolean isEverywhere;

    private Projection(String name, String use, boolean isEverywhere) {
        this.name = name;
        this.use = use;
        this.isEverywhere = isEverywhere;
    }

    /** Option B: projects only if the shape changes, and is the identity elsewhere. */
    static Projection whereTheShapeChanges() {
        return new Projection("B", "ImageNet", false);
    }

    /** Option C: projects in every block. */
    static Projection everywhere() {
        return new Projection("C", "projections everywhere", true);
    }

    @Override
    public String name() {
        return name;
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
