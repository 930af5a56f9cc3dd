package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link PostActivation.Published} with the two differences of the authors' released files from the paper: the max-pool has no
 * padding in front, and the first convolution of ResNet-50 has a bias.
 */
final class AuthorsRelease extends PostActivation {
    private static final List<Integer> RELEASED = List.of(50, 101, 152);

    @Override
    public String name() {
        return "authors";
    }

    @Override
    public String choice() {
        return "authors for the released files";
    }

    @Override
    int strided(Block kind) {
        return 1;
    }

    @Override
    public List<Problem> problems(ResNetSpec network) {
        List<Problem> problems = new ArrayList<>();
        if (network.family() != Family.IMAGENET || !RELEASED.contains(network.depth())) {
            problems.add(new Problem("variant", NetworkFailures.authorsDepth(RELEASED)));
        }
        if (network.input() % 4 != 0) {
            problems.add(new Problem(
                    "input",
                    NetworkFailures.authorsInput(
                            network.input(), network.family().defaultInput())));
        }
        return problems;
    }

    @Override
    public String stem(ResNetSpec network, NetworkBuilder graph) {
        int width = network.family().stemWidth();
        // Only this one of the released networks has a bias.
        String convolution = network.depth() == 50
                ? graph.convolutionWithBias("stem-conv", ResNet.INPUT, 3, width, 7, 2)
                : graph.convolution("stem-conv", ResNet.INPUT, 3, width, 7, 2);
        String relu = graph.relu("stem-relu", graph.batchNorm("stem-bn", convolution, width, 1));
        return graph.unpaddedMaxPool("stem-pool", relu, 3, 2);
    }
}
