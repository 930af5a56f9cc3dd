package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.List;
import java.util.Optional;

/**
 * The residual blocks of He et al. 2016, «Identity Mappings in Deep Residual Networks», figure 4e: {@code F(x) + shortcut(x)},
 * where every convolution of F reads what batch normalisation and ReLU have made of its input; {@code F(x)} in a plain
 * network. A bottleneck strides in its first 1×1 convolution, as there.
 *
 * <p>The network's first block reads the stem's activation, and the last one is followed by an activation of its own (there,
 * appendix). Where the shape changes the shortcut starts at the block's first activation, not before it, and its projection
 * has no batch normalisation: so the authors' own code.
 */
final class PreActivation implements BlockDesign {
    @Override
    public String word() {
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

    /** The last batch normalisation is the network's {@code bn}. */
    @Override
    public Optional<String> torchName(String piece) {
        return piece.equals("final-bn") ? Optional.of("bn") : BlockDesign.super.torchName(piece);
    }
}
