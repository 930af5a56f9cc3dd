package io.github.resnetspark.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The list of block designs: in which order a block computes what, and where it halves the picture. */
@SuppressWarnings("ImmutableEnumChecker") // Designs have no state.
public enum Variant {
    /** Stride in a bottleneck's first 1×1 convolution, as published (He et al. 2015). */
    V1(new PostActivation.Published()),
    /** Stride in a bottleneck's 3×3 convolution, as torchvision has it. */
    V1_5(new PostActivation.Torchvision()),
    /** Batch normalisation and ReLU before each convolution (He et al. 2016, «Identity Mappings»). */
    PREACT(new PreActivation()),
    /** As {@link #V1_5}, with shortcuts that average where they halve the picture (He T. et al. 2019, «Bag of Tricks»). */
    D(new AveragedShortcuts()),
    /** As {@link #V1}, in what the authors' released files differ from the text. */
    AUTHORS(new AuthorsRelease());

    private final BlockDesign design;

    Variant(BlockDesign design) {
        this.design = design;
    }

    BlockDesign design() {
        return design;
    }

    /**
     * What torch calls a piece of a block or of what follows the last one.
     *
     * @param piece the vertex without its block's name, e.g. {@code shortcut-conv}, {@code final-bn}
     * @return the module within the block's or the network's own, in torchvision's form, e.g. {@code downsample.0}; nothing
     *     if the variant has no such piece
     */
    public Optional<String> torchName(String piece) {
        return design.torchName(piece);
    }

    /** A sentence for someone who wrote another word: which there are, and what for. */
    public static String remedy() {
        List<String> choices =
                Arrays.stream(values()).map(variant -> variant.design.choice()).toList();
        int last = choices.size() - 1;
        return "Choose " + String.join(", ", choices.subList(0, last)) + ", or " + choices.get(last) + ".";
    }

    /** The name used in recipes. */
    @Override
    public String toString() {
        return design.word();
    }
}
