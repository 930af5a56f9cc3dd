package io.github.resnetspark.resnet;

/** The kind of residual block (He et al. 2015, figure 5). */
public enum Block {
    /** Two 3×3 convolutions. */
    BASIC(1),
    /** 1×1, 3×3 and 1×1 convolutions; the last one widens by four. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
        this.expansion = expansion;
    }

    /** Output channels of the block divided by the width of its stage. */
    public int expansion() {
        return expansion;
    }
}
