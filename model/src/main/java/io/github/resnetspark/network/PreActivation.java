package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.List;
import java.util.Optional;

/**
 * The residual blocks of He et al. 2016, "Identity Mappings in Deep Residual Networks", figure 4e: {@code F(x) + shortcut(x)}, or
 * {@code F(x)} in a plain network. In F, batch normalisation and ReLU precede each convolution. A bottleneck strides in its first
 * 1×1 convolution, as in the paper.
 *
 * <p>The network's first block reads the stem's activation, and a separate activation follows the last block (appendix of the
 * paper). If the shape changes, the shortcut starts after the block's first activation, and its projection has no batch
 * normalisation, as in the authors' code.
 */
final class PreActivation implements BlockDesign {
    @Override
    public String name() {
        return "preact";
    }

    @Override
    public List<Problem> problems(ResNetSpec network) {
        return network.batchNorm()
                ? List.of()
                : List.of(new Problem("variant", NetworkFailures.preActivationWithoutBatchNorm()));
    }

    @Override
    public Optional<Problem> zeroGammaProblem() {
        return Optional.of(new Problem("zero-gamma", NetworkFailures.zeroGammaWithPreActivation()));
    }

    @Override
    public String add(ResidualBlock block, String from) {
        String activated = block.isFirst() ? from : activated(block, 1, from);
        String residual = block.convolution(1, activated, block.stride());
        for (int index = 2; index <= block.convolutions(); index++) {
            residual = block.convolution(index, activated(block, index, residual), 1);
        }
        return block.sum(this, residual, from, activated);
    }

    private static String activated(ResidualBlock block, int index, String from) {
        return block.relu(index, block.batchNorm(index, from, block.in(index), 1));
    }

    @Override
    public String finish(NetworkBuilder graph, String from, int channels) {
        return graph.relu("final-relu", graph.batchNorm("final-bn", from, channels, 1));
    }

    @Override
    public String projection(ResidualBlock block, String from) {
        return block.projectionConvolution(from, block.stride());
    }

    /** PyTorch names the last batch normalisation {@code bn}. */
    @Override
    public Optional<String> torchName(String piece) {
        return piece.equals("final-bn") ? Optional.of("bn") : BlockDesign.super.torchName(piece);
    }
}
