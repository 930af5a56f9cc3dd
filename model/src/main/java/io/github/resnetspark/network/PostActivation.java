package io.github.resnetspark.network;

/**
 * The residual blocks of He et al. 2015, figure 5: {@code relu(F(x) + shortcut(x))}; {@code relu(F(x))} in a plain network. In
 * F batch normalisation follows every convolution, and ReLU all but the last.
 */
abstract class PostActivation implements BlockDesign {

    /** Which of a block's convolutions, counted from 1, halves the picture. */
    abstract int strided(Block kind);

    /** Designs that differ by where they stride are the same where nothing precedes the first 3×3 convolution. */
    @Override
    public boolean isNamedWith(Block kind) {
        return kind.firstSpatial() != 1;
    }

    @Override
    public String add(ResidualBlock block, String from) {
        String residual = from;
        for (int index = 1; index <= block.convolutions(); index++) {
            boolean isLast = index == block.convolutions();
            int stride = index == strided(block.kind()) ? block.stride() : 1;
            String convolution = block.convolution(index, residual, stride);
            residual = block.batchNorm(index, convolution, block.out(index), isLast ? block.lastGamma() : 1);
            if (!isLast) {
                residual = block.relu(index, residual);
            }
        }
        return block.relu(block.sum(this, residual, from, from));
    }

    /** Stride in the first convolution, as published. */
    static final class Published extends PostActivation {
        @Override
        public String word() {
            return "v1";
        }

        @Override
        public String choice() {
            return "v1 for the paper's network";
        }

        @Override
        int strided(Block kind) {
            return 1;
        }
    }

    /** Stride in the first 3×3 convolution: a bottleneck's first 1×1 convolution would drop three quarters of the picture. */
    static final class Torchvision extends PostActivation {
        @Override
        public String word() {
            return "v1.5";
        }

        @Override
        public String choice() {
            return "v1.5 for torchvision's";
        }

        @Override
        int strided(Block kind) {
            return kind.firstSpatial();
        }
    }
}
