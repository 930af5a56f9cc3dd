package io.github.resnetspark.network;

/**
 * The residual blocks of He et al. 2015, figure 5: {@code relu(F(x) + shortcut(x))}, or {@code relu(F(x))} in a plain network. In F,
 * batch normalisation follows each convolution, and ReLU follows each but the last.
 */
abstract class PostActivation implements BlockDesign {

    /** The number, from 1, of the convolution that halves the picture. */
    abstract int strided(Block kind);

    /** Designs that differ only in the strided convolution are the same if the first convolution is 3×3. */
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

    /** Strides in the first convolution, as published. */
    static final class Published extends PostActivation {
        @Override
        public String name() {
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

    /** Strides in the first 3×3 convolution, because a strided 1×1 convolution drops three quarters of the pixels. */
    static final class Torchvision extends PostActivation {
        @Override
        public String name() {
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
