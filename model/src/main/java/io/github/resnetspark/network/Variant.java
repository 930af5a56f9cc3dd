package io.github.resnetspark.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The block designs: the order of the operations in a block, and the convolution that halves the picture. */
@SuppressWarnings("ImmutableEnumChecker") // Designs have no state.
public enum Variant {
    /** Stride in a bottleneck's first 1×1 convolution, as published (He et al. 2015). */
    V1(new PostActivation.Published()),
    /** Stride in a bottleneck's 3×3 convolution, as in torchvision. */
    V1_5(new PostActivation.Torchvision()),
    /** Batch normalisation and ReLU before each convolution (He et al. 2016, "Identity Mappings"). */
    PREACT(new PreActivation()),
    /** {@link #V1_5} with shortcuts that average when they halve the picture (He T. et al. 2019, "Bag of Tricks"). */
    D(new AveragedShortcuts()),
    /** {@link #V1} with the differences of the authors' released files from the paper. */
    AUTHORS(new AuthorsRelease());

    private final BlockDesign design;

    Variant(BlockDesign design) {
        this.design = design;
    }

    BlockDesign design() {
        return design;
    }

    /**
     * PyTorch's name of a piece of a block or of a vertex after the last block.
     *
     * @param piece the vertex without its block's name, such as {@code shortcut-conv} or {@code final-bn}
     * @return the module within the block or the network in torchvision's form, such as {@code downsample.0}; empty if the
     *     variant has no such piece
     */
    public Optional<String> torchName(String piece) {
        return design.torchName(piece);
    }

    /** The remedy for an unknown value: all values and their uses. */
    public static String remedy() {
        List<String> choices =
                Arrays.stream(values()).map(variant -> variant.design.choice()).toList();
        int last = choices.size() - 1;
        return "Choose " + String.join(", ", choices.subList(0, last)) + ", or " + choices.get(last) + ".";
    }

    /** The name in recipes. */
    @Override
    public String toString() {
        return design.name();
    }
}
